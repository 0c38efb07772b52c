"""When somebody's situation is asked for: at enrolment, at exit, and three, six and twelve months after it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.days.dates import add_months
from core.days.periods import Period
from core.swedish.words import day
from participants.enums import ExitReason, LivelihoodMoment
from participants.models import Enrolment

# Calendar months after the exit.
MONTHS_AFTER: Final[Mapping[LivelihoodMoment, int]] = {
    LivelihoodMoment.AFTER_3_MONTHS: 3,
    LivelihoodMoment.AFTER_6_MONTHS: 6,
    LivelihoodMoment.AFTER_12_MONTHS: 12,
}
# So many months before its day a moment can be recorded: who is met a little earlier is asked then.
_AHEAD: Final = 1
_WHY_FIRST: Final[Mapping[LivelihoodMoment, str]] = {
    LivelihoodMoment.ENROLMENT: ", en månad före inskrivningen",
    **dict.fromkeys(MONTHS_AFTER, ", en månad innan det är dags"),
}


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A moment whose day has come."""

    moment: LivelihoodMoment
    due_on: date


def day_of(moment: LivelihoodMoment, enrolled_on: date, exited_on: date | None) -> date | None:
    """The day from which the moment is asked for; None before it is known."""
    if moment == LivelihoodMoment.ENROLMENT:
        return enrolled_on
    # Each is counted from the exit itself: the end of a shorter month in between would stay.
    return exited_on and add_months(exited_on, MONTHS_AFTER.get(moment, 0))


def window(moment: LivelihoodMoment, enrolled_on: date, exited_on: date | None) -> Period | None:
    """The days that a record of the moment may be about; None before its day is known.

    It begins a month before the moment's day, of the exit never before the enrolment. The enrolment's ends with the
    exit, and the exit's when the first follow-up is due. The follow-ups have no end: somebody may be reached late.
    """
    due = day_of(moment, enrolled_on, exited_on)
    if due is None:
        return None
    first = add_months(due, -_AHEAD)
    if moment == LivelihoodMoment.ENROLMENT:
        return Period(first, exited_on)
    if moment == LivelihoodMoment.EXIT:
        return Period(max(first, enrolled_on), add_months(due, MONTHS_AFTER[LivelihoodMoment.AFTER_3_MONTHS]))
    return Period(first)


def fault_of_day(moment: LivelihoodMoment, on: date, enrolled_on: date, exited_on: date | None) -> str:
    """The fault in words of a record of the moment that is about the day; empty where it fits, or where the moment's
    day isn't known."""
    held = window(moment, enrolled_on, exited_on)
    if held is None or held.holds(on):
        return ""
    name = moment.in_sentence
    if on < held.first:
        return f"Läget {name} kan gälla tidigast {day(held.first)}{_WHY_FIRST.get(moment, '')}. Ändra dagen."
    if moment == LivelihoodMoment.ENROLMENT:
        return f"Läget {name} kan gälla senast {day(held.last)}, då inskrivningen avslutades. Ändra dagen."
    return f"Läget {name} kan gälla senast {day(held.last)}. Efter det är det läget 3 månader efter avslut som gäller."


@dataclass(frozen=True, slots=True)
class ComingMoment:
    """A moment that can't be recorded yet, and the first day on which it can; None while the case goes on."""

    moment: LivelihoodMoment
    first: date | None


def coming(case: Enrolment, recorded: Collection[LivelihoodMoment], on: date) -> ComingMoment | None:
    """The next moment of the case that comes after the day; None where there is none, or the person has died."""
    if case.exit_reason == ExitReason.DECEASED:
        return None
    for moment in LivelihoodMoment:
        held = window(moment, case.enrolled_on, case.exited_on)
        if moment not in recorded and (held is None or held.first > on):
            return ComingMoment(moment, held.first if held else None)
    return None


def moment_due(
    recorded: Collection[LivelihoodMoment], enrolled_on: date, exited_on: date | None, on: date
) -> DueMoment | None:
    """The moment that waits to be recorded on the day: the latest one whose day has come, unless it or a later one is
    recorded. It takes the place of those before it, which nobody can answer any more."""
    days = {moment: day_of(moment, enrolled_on, exited_on) for moment in LivelihoodMoment}
    come = [DueMoment(moment, due) for moment, due in days.items() if due and due <= on]
    if not come:
        return None
    order = list(LivelihoodMoment)
    latest = max(order.index(moment) for moment in recorded) if recorded else -1
    return come[-1] if order.index(come[-1].moment) > latest else None


def due_in(case: Enrolment, recorded: Collection[LivelihoodMoment], on: date) -> DueMoment | None:
    """The moment that waits to be recorded in the case on the day; none where the person has died."""
    if case.exit_reason == ExitReason.DECEASED:
        return None
    return moment_due(recorded, case.enrolled_on, case.exited_on, on)
