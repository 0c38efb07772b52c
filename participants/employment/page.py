"""Reads and lines of the pages about employments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.swedish.words import day
from participants.models import EmploymentPeriod, Enrolment
from projects.enums import ListKind
from projects.models import Listed

# The code of «Annat» in the model list.
OTHER: Final = "other"
_FULL_TIME: Final = 100


@dataclass(frozen=True, slots=True)
class EmploymentLine:
    """An employment as its page says it: the work, its days, and the address where it is corrected."""

    work: str
    days: str
    url: str
    is_over: bool


def standing(enrolment: Enrolment) -> list[EmploymentPeriod]:
    """The employments of a case that stand, the earliest first. One query."""
    rows = EmploymentPeriod.objects.placed().current().filter(enrolment=enrolment)
    return list(rows.select_related("form", "employer", "first").order_by("concerns_on", "pk"))


def lasting(employments: Sequence[EmploymentPeriod], on: date) -> list[EmploymentPeriod]:
    """Employments that aren't over on the day: another can take their place."""
    return [row for row in employments if not row.period.is_over(on)]


def beyond_full_time(employments: Sequence[EmploymentPeriod]) -> str:
    """«Anställningarna är tillsammans 150 % från 1 december 2026.», of the day when they are most; empty where they are
    never more than a hundred per cent."""
    sums = [
        (sum(row.percent or 0 for row in employments if row.period.holds(first)), first)
        for first in sorted({row.concerns_on for row in employments})
    ]
    most, first = max(sums, key=lambda found: found[0], default=(0, None))
    return f"Anställningarna är tillsammans {most} % från {day(first)}." if first and most > _FULL_TIME else ""


def lines(employments: Sequence[EmploymentPeriod], on: date) -> list[EmploymentLine]:
    """Employments in words, the latest first."""
    return [
        EmploymentLine(row.work, row.period.in_words, row.get_absolute_url(), row.period.is_over(on))
        for row in sorted(employments, key=lambda row: (row.concerns_on, row.pk), reverse=True)
    ]


def forms_of(enrolment: Enrolment, kept: Listed | None = None) -> list[Listed]:
    """The forms that the project's list has offered since the enrolment, by name with «Annat» last, and `kept`. One
    query."""
    rows = Listed.objects.filter(project=enrolment.project_id, kind=ListKind.EMPLOYMENT)
    offered = list(rows.on_or_after(enrolment.enrolled_on))
    offered += [kept] if kept and kept not in offered else []
    return sorted(offered, key=lambda line: line.code == OTHER)
