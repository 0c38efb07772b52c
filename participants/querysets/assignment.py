"""Reads about who works with which case."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from core.days.periods import PeriodQuerySet

if TYPE_CHECKING:
    pass


class CaseAssignmentQuerySet(PeriodQuerySet):
    """Who works with which case."""

    def responsible(self) -> Self:
        """Only the responsible one."""
        return self.filter(role="responsible")

    def of(self, enrolments: Iterable[int]) -> Self:
        """Those of some enrolments."""
        return self.filter(enrolment__in=enrolments)
