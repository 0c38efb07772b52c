"""Reads about who works with which case."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from core.days.periods import PeriodQuerySet

if TYPE_CHECKING:
    pass


class CaseAssignmentQuerySet(PeriodQuerySet):
    """Who works with which case."""

    def responsible(self) -> Self:
        """Only assignments as the one responsible."""
        return self.filter(role="responsible")

    def of(self, enrolments: Iterable[int]) -> Self:
        """Assignments to these enrolments, given by their primary keys."""
        return self.filter(enrolment__in=enrolments)
