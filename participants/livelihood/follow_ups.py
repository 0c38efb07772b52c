"""Cases that have ended, in which somebody's situation is to be asked for: at the exit, and three, six and twelve
months later."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import DateField, Exists, OuterRef, Q

from core.days.dates import add_months
from core.days.periods import ONE_DAY
from participants.enums import ExitReason, LivelihoodMoment
from participants.livelihood.moments import MONTHS_AFTER
from participants.models import LivelihoodRecord
from participants.querysets.enrolment import EnrolmentQuerySet

# The last follow-up is waited for a year: a register can hold cases that ended long ago, whom nobody asks any more.
_MONTHS_AT_MOST: Final = 24
_OVER: Final = "over"
# Months from the exit to each time somebody is asked.
_ASKED: Final[Mapping[LivelihoodMoment, int]] = {LivelihoodMoment.EXIT: 0, **MONTHS_AFTER}
# What a prepared question about follow-ups is asked with, by name.
EXIT_DAYS: Final = {name: DateField() for name in (*_ASKED, _OVER)}


def last_exit(months: int, on: date) -> date:
    """The latest exit after which so many calendar months have passed on the day. Several exits at the end of a month
    can have one day in a shorter month."""
    found = add_months(on, -months)
    while add_months(found + ONE_DAY, months) <= on:
        found += ONE_DAY
    return found


def exit_days(on: date) -> dict[str, date]:
    """The latest exit for each follow-up that has come on the day, and the exit that is too long ago for any, by the
    names of EXIT_DAYS."""
    come = {str(moment): last_exit(months, on) for moment, months in _ASKED.items()}
    return {**come, _OVER: last_exit(_MONTHS_AT_MOST, on)}


def to_follow_up(cases: EnrolmentQuerySet, days: Mapping[str, Any]) -> EnrolmentQuerySet:
    """The cases whose latest follow-up that has come isn't recorded, nor a later one, the earliest exit first; none of
    persons who have died. `days` are those of `exit_days`, or their slots."""
    records = LivelihoodRecord.objects.placed().current().filter(enrolment=OuterRef("pk"))
    moments = list(_ASKED)
    waits = [
        Q(
            ~Exists(records.filter(moment__in=moments[place:])),
            exited_on__lte=days[moment],
            exited_on__gt=days[following],
        )
        for place, (moment, following) in enumerate(zip(moments, [*moments[1:], _OVER], strict=True))
    ]
    # The days of all four at once, which an index answers.
    within = cases.filter(exited_on__gt=days[_OVER], exited_on__lte=days[moments[0]])
    found = within.filter(reduce(or_, waits)).exclude(exit_reason=ExitReason.DECEASED)
    return found.order_by("exited_on", "pk")
