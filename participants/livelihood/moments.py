"""When somebody's situation is asked for: at enrolment, at exit, and three, six and twelve months after it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.days.dates import add_months
from participants.enums import ExitReason, LivelihoodMoment
from participants.models import Enrolment

# Calendar months after the exit.
MONTHS_AFTER: Final[Mapping[LivelihoodMoment, int]] = {
    LivelihoodMoment.AFTER_3_MONTHS: 3,
    LivelihoodMoment.AFTER_6_MONTHS: 6,
    LivelihoodMoment.AFTER_12_MONTHS: 12,
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


def moment_due(
    recorded: Collection[LivelihoodMoment], enrolled_on: date, exited_on: date | None, on: date
) -> DueMoment | None:
    """The moment that waits to be recorded on the day: the latest one whose day has come, unless it or a later one is
    recorded. It takes the place of those before it, which nobody can answer any more."""
    days = {moment: day_of(moment, enrolled_on, exited_on) for moment in LivelihoodMoment}
    come = [DueMoment(moment, day) for moment, day in days.items() if day and day <= on]
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
