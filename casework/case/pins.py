"""Delmål as pins on the ladder: each stands at the step that was, is or will be under way on its day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from actionplans.enums import MilestoneState
from actionplans.marking.views import FROM_CASE
from actionplans.models import StepClock
from actionplans.plans.timeline import MilestoneRow
from casework.case.ladder import LadderPin, LadderStep, is_personal
from casework.words import near
from core.swedish.words import late_by

# How a pin is drawn.
REACHED, LATE, PLANNED = "reached", "late", "planned"


def with_pins(
    steps: Sequence[LadderStep],
    clocks: Iterable[StepClock],
    milestones: Iterable[MilestoneRow],
    *,
    on: date,
    is_over: bool,
    may_mark: bool = False,
) -> list[LadderStep]:
    """The steps with the delmål, earliest first. A plan says the day of a delmål but not its step, so the day decides.
    Nothing is late once the case is over. Where the user `may_mark` them, each leads to its page. No queries."""
    by_step = {clock.step_number: clock for clock in clocks}
    pins: dict[int, list[LadderPin]] = {step.number: [] for step in steps}
    for row in sorted(milestones, key=lambda row: _day(row, on)):
        if steps:
            pins[_step_on(_day(row, on), steps, by_step, on)].append(
                replace(_pin(row, on, is_over=is_over), url=_url(row) if may_mark else "")
            )
    return [replace(step, pins=tuple(pins[step.number])) for step in steps]


def _day(row: MilestoneRow, on: date) -> date:
    """The day it was reached, or its last day; what has passed that day, or has none, is to be done now."""
    if row.state == MilestoneState.REACHED:
        return row.on
    return max(row.due_on or on, on)


def _step_on(day: date, steps: Sequence[LadderStep], clocks: Mapping[int, StepClock], on: date) -> int:
    """The number of the step under way on the day: the lowest one that lasted until then, or will."""
    lasts = (step.number for step in steps if _lasts(step, clocks.get(step.number), day, on))
    return next(lasts, steps[-1].number)


def _lasts(step: LadderStep, clock: StepClock | None, day: date, on: date) -> bool:
    if clock and clock.cleared_on and step.state == "cleared":
        return clock.cleared_on >= day
    if step.state == "cleared":
        return False
    if clock and clock.due_on and is_personal(clock):
        return max(clock.due_on, on) >= day
    return True


def _url(row: MilestoneRow) -> str:
    return f"{reverse('milestone_mark', args=[row.public_id])}?fran={FROM_CASE}"


def _pin(row: MilestoneRow, on: date, *, is_over: bool) -> LadderPin:
    if row.state == MilestoneState.REACHED:
        return LadderPin(row.text, REACHED, "")
    if row.due_on and row.due_on < on and not is_over:
        return LadderPin(row.text, LATE, late_by(row.due_on, on))
    return LadderPin(row.text, PLANNED, near(row.due_on, on) if row.due_on else "")
