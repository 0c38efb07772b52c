"""The ladder of a case, with the state of each step on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, DateField, QuerySet

from actionplans.models import StepClock
from casework.words import near
from core.prepared.questions import prepared
from core.swedish.words import day_relative, decimal
from participants.models import Enrolment
from projects.models import Ladder, Step

# At most this many delmål are named under a step.
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class LadderPin:
    """A delmål on the ladder: its text, its state (reached, late or planned), its day in words, empty once it is
    reached, and the address where it is marked, empty for users who can't."""

    text: str
    state: str
    note: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step in the form that components/step_ladder.html takes."""

    number: int
    name: str
    state: str
    note: str
    pins: tuple[LadderPin, ...] = ()
    # Whether it is about supporting oneself, and what can show it, in words.
    self_support: bool = False
    hint: str = ""

    @property
    def named(self) -> tuple[LadderPin, ...]:
        """The delmål that are named under the step."""
        return self.pins[:_NAMED]

    @property
    def unnamed(self) -> int:
        """How many are only drawn."""
        return len(self.pins) - len(self.named)


def clocks_of_case(enrolment: Enrolment) -> list[StepClock]:
    """The clock of each step with its target, lowest step first. One query."""
    return _clocks.ask(enrolment=enrolment.pk)


@prepared(enrolment=BigIntegerField())
def _clocks(*, enrolment: Any) -> QuerySet:
    return StepClock.objects.filter(enrolment=enrolment).select_related("target").order_by("step_number")


def steps_in_force(project: int, on: date) -> list[Step]:
    """The steps of the ladder that the project with this primary key has on the day, lowest first. One query."""
    return _steps.ask(project=project, on=on)


@prepared(project=BigIntegerField(), on=DateField())
def _steps(*, project: Any, on: Any) -> QuerySet:
    version = Ladder.objects.filter(project=project).in_force(on)
    return Step.objects.filter(ladder=version.values("pk")[:1])


def ladder_of(enrolment: Enrolment, clocks: Iterable[StepClock], *, on: date) -> list[LadderStep]:
    """The steps of the ladder that the case was enrolled under, lowest first, each with its state on the day. One
    query."""
    by_step = {clock.step_number: clock for clock in clocks}
    steps = steps_in_force(enrolment.project_id, enrolment.enrolled_on)
    highest = max((number for number, clock in by_step.items() if clock.holds_now), default=0)
    current = None if enrolment.exited_on else next((step.number for step in steps if step.number > highest), None)
    return [_ladder_step(step, by_step.get(step.number), current, highest, on) for step in steps]


def _ladder_step(step: Step, clock: StepClock | None, current: int | None, highest: int, on: date) -> LadderStep:
    state, note = "now" if step.number == current else "ahead", ""
    if clock and clock.cleared_on:
        day = f"{near(clock.cleared_on, on)} · dag {decimal((clock.cleared_on - clock.enrolled_on).days, 0)}"
        state, note = ("cleared", day) if clock.holds_now else ("lost", f"· klarades {day}")
    elif clock and step.number < highest and clock.target and clock.target.counts_higher:
        state, note = "cleared", f"genom steg {highest}"
    elif clock and is_personal(clock) and clock.due_on and step.number > highest and not clock.exited_on:
        note = f"{'senast' if clock.due_on >= on else 'målet var'} {near(clock.due_on, on)}"
    return LadderStep(step.number, step.name, state, note, self_support=step.self_support)


def ladder_in_words(steps: Iterable[LadderStep], clocks: Iterable[StepClock], enrolment: Enrolment, *, on: date) -> str:
    """«Steg 3 ska vara klart om 21 dagar. Dag 162.»: where the person stands on the day; empty after the exit."""
    standing = next((step for step in steps if step.state == "now"), None)
    if enrolment.exited_on:
        return ""
    number_of_day = f"Dag {decimal((on - enrolment.enrolled_on).days, 0)}."
    if standing is None:
        return f"Alla steg är klarade. {number_of_day}"
    clock = next((clock for clock in clocks if clock.step_number == standing.number), None)
    if clock is None or clock.due_on is None or not is_personal(clock):
        return f"På väg mot steg {standing.number}, {standing.name.lower()}. {number_of_day}"
    verb = "ska vara" if clock.due_on >= on else "skulle ha varit"
    return f"Steg {standing.number} {verb} klart {day_relative(clock.due_on, on)}. {number_of_day}"


def is_personal(clock: StepClock) -> bool:
    """Whether the step has a day for each person. Steps about self-support have none: they are targets for the whole
    group."""
    return clock.target is not None and not clock.target.exclusive
