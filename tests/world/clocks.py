"""Comparing clocks."""

from collections.abc import Iterable

from actionplans.models import StepClock

SAID = (
    "enrolment_id",
    "project_id",
    "step_number",
    "target_id",
    "enrolled_on",
    "exited_on",
    "exit_reason",
    "due_on",
    "cleared_on",
    "reached_on",
    "assessed_on",
    "held_on_due",
    "holds_now",
    "stopped_on",
    "code",
    "event_on",
    "rise",
)


def facts_of(clocks: Iterable[StepClock]) -> set[tuple]:
    """What the clocks say, without their keys."""
    return {tuple(getattr(clock, name) for name in SAID) for clock in clocks}
