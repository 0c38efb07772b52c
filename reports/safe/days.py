"""Which days the safe version has: two days that somebody chooses freely could be subtracted from each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from core.days.dates import add_months, month_end
from projects.models import Project
from reports.models import Report

MONTHS_IN_QUARTER = 3


def latest_quarter_end(day: date) -> date:
    """The latest end of a quarter that isn't after the day."""
    end = month_end(add_months(day.replace(day=1), -(day.month % MONTHS_IN_QUARTER)))
    return end if end <= day else month_end(add_months(day.replace(day=1), -MONTHS_IN_QUARTER))


def quarter_ends(first: date, last: date) -> list[date]:
    """The ends of all quarters from the one that holds the first day, until the last day at the latest."""
    ends = []
    end = month_end(add_months(first.replace(day=1), -first.month % MONTHS_IN_QUARTER))
    while end <= last:
        ends.append(end)
        end = month_end(add_months(end.replace(day=1), MONTHS_IN_QUARTER))
    return ends


@dataclass(frozen=True, slots=True)
class SafeDays:
    """The ends of quarters, and beside them (`others`) the project's last day and those of adopted reports.

    All have been by the day `on`.
    """

    project: Project
    on: date
    others: tuple[date, ...]

    @classmethod
    def of(cls, project: Project, on: date) -> Self:
        """The days of a project as of today; one statement."""
        reported = Report.objects.adopted().filter(project=project).values_list("as_of", flat=True)
        return cls(project, on, _been([*reported.distinct(), *_last_day(project)], on))

    def __contains__(self, day: date) -> bool:
        return day <= self.on and (day == latest_quarter_end(day) or day in self.others)

    def nearest(self, asked: date) -> date:
        """The day that stands for the one asked for: itself, or the nearest one before it."""
        asked = min(asked, self.on)
        return max([latest_quarter_end(asked), *(day for day in self.others if day <= asked)])

    def since(self, first: date) -> list[date]:
        """All of them from a day on, the latest first; at least one."""
        days = {self.nearest(self.on), *quarter_ends(first, self.on), *(day for day in self.others if day >= first)}
        return sorted(days, reverse=True)


def _been(days: Iterable[date], on: date) -> tuple[date, ...]:
    return tuple(sorted({day for day in days if day <= on}))


def _last_day(project: Project) -> list[date]:
    """The first last day that came to pass: a project has one, however often its period is changed."""
    day = project.first_ended_on or project.ends_on
    return [day] if day else []
