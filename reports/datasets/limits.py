"""Every deadline that a figure counts, by the days of the project, and who is due for it on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, Self

from core.days.dates import before_workdays
from projects.models import Project


class Awaits(StrEnum):
    """The thing that a deadline waits for."""

    FIRST_MEETING = "first_meeting"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    BOTH = "assessment_and_plan"
    PLACEMENT = "placement"
    FOLLOW_UP = "follow_up"


class Since(StrEnum):
    """The day that a deadline runs from."""

    APPLICATION = "application"
    ENROLMENT = "enrolment"
    PLAN = "plan"


class Days(NamedTuple):
    """The number of days of each deadline by itself; those of the placement are workdays, and None where the project
    has no such deadline."""

    first_meeting: int = 14
    assessment: int = 14
    plan: int = 14
    placement: int | None = 5
    follow_up: int = 14

    @classmethod
    def of(cls, project: Project) -> Self:
        """The numbers of the project."""
        return cls(
            project.first_meeting_days,
            project.assessment_days,
            project.plan_days,
            project.placement_days,
            project.first_follow_up_days,
        )


class Before(NamedTuple):
    """For each deadline the day before which it must have begun to run, to have passed by the as-of day; None where
    there is no such deadline."""

    met_before: Any
    assessed_before: Any
    planned_before: Any
    placed_before: Any
    followed_before: Any

    @classmethod
    def of(cls, days: Days, as_of: date) -> Self:
        """The days, reckoned from the as-of day."""
        first, assessment, plan, placement, follow_up = days
        return cls(
            as_of - timedelta(days=first),
            as_of - timedelta(days=assessment),
            as_of - timedelta(days=plan),
            None if placement is None else before_workdays(as_of, placement),
            as_of - timedelta(days=follow_up),
        )


def longest(workdays: int) -> int:
    """At least as many days as so many workdays ever take, weekends and holidays with them (a test tries each year)."""
    return 2 * workdays + 14


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """How deadlines are counted: the as-of day, and the number of days of each.

    `before`: who began before it is due. It is reckoned from the others; a prepared question has slots for both.
    """

    as_of: Any
    of_each: Days
    before: Before

    @classmethod
    def of(cls, as_of: date, days: Days) -> Self:
        """The rules as of a day."""
        return cls(as_of, days, Before.of(days, as_of))

    @property
    def assessment_days(self) -> int:
        """The days for the kartläggning."""
        return self.of_each.assessment

    @property
    def plan_days(self) -> int:
        """The days for the plan."""
        return self.of_each.plan

    @property
    def days(self) -> int:
        """The day by which both kartläggning and plan are to be done."""
        return max(self.assessment_days, self.plan_days)

    @property
    def due_before(self) -> Any:
        """Who began before it is due for both."""
        first, then = self.before.assessed_before, self.before.planned_before
        return first if self.assessment_days >= self.plan_days else then

    @property
    def shorter(self) -> tuple[int, Any] | None:
        """The days of whichever of the two has fewer, and who began before is due for it; None where they are alike."""
        if self.assessment_days == self.plan_days:
            return None
        pairs = ((self.assessment_days, self.before.assessed_before), (self.plan_days, self.before.planned_before))
        return min(pairs, key=lambda pair: pair[0])
