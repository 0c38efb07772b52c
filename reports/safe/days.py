"""The days that the safe version has. With days chosen freely, the figures of two days could be subtracted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from core.days.dates import add_months, month_end
from projects.models import Project
from reports.models import Report

MONTHS_IN_QUARTER = 3


def latest_quarter_end(day: date) -> date:
    """The last day of the latest quarter that ends on the day or before."""
    end = month_end(add_months(day.replace(day=1), -(day.month % MONTHS_IN_QUARTER)))
    return end if end <= day else month_end(add_months(day.replace(day=1), -MONTHS_IN_QUARTER))


def quarter_ends(first: date, last: date) -> list[date]:
    """The last day of each quarter, from the quarter of `first`, as far as it isn't after `last`."""
    ends = []
    end = month_end(add_months(first.replace(day=1), -first.month % MONTHS_IN_QUARTER))
    while end <= last:
        ends.append(end)
        end = month_end(add_months(end.replace(day=1), MONTHS_IN_QUARTER))
    return ends


@dataclass(frozen=True, slots=True)
class SafeDays:
    """The days of the safe version: the ends of quarters, and in `others` the project's last day and the days of
    adopted reports.

    None is after the day `on`.
    """

    project: Project
    on: date
    others: tuple[date, ...]

    @classmethod
    def of(cls, project: Project, on: date) -> Self:
        """The days of a project, as of `on`. One query."""
        reported = Report.objects.adopted().filter(project=project).values_list("as_of", flat=True)
        return cls(project, on, _been([*reported.distinct(), *_last_day(project)], on))

    def __contains__(self, day: date) -> bool:
        return day <= self.on and (day == latest_quarter_end(day) or day in self.others)

    def nearest(self, asked: date) -> date:
        """The day shown for the day asked for: that day if the safe version has it, else the nearest one before it."""
        asked = min(asked, self.on)
        return max([latest_quarter_end(asked), *(day for day in self.others if day <= asked)])

    def since(self, first: date) -> list[date]:
        """The days from `first` on, the latest first; at least one."""
        days = {self.nearest(self.on), *quarter_ends(first, self.on), *(day for day in self.others if day >= first)}
        return sorted(days, reverse=True)


def _been(days: Iterable[date], on: date) -> tuple[date, ...]:
    return tuple(sorted({day for day in days if day <= on}))


def _last_day(project: Project) -> list[date]:
    """The project's last day, once it has come. Only the first one that came counts, however often the period is
    changed."""
    day = project.first_ended_on or project.ends_on
    return [day] if day else []
