"""Reads about who works with which case."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    pass


class CaseAssignmentQuerySet(QuerySet):
    """Who works with which case."""

    def active_on(self, day: date) -> Self:
        """Those that hold on the day; periods are half-open."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def responsible(self) -> Self:
        """Only the responsible one."""
        return self.filter(role="responsible")

    def of(self, enrolments: Iterable[int]) -> Self:
        """Those of some enrolments."""
        return self.filter(enrolment__in=enrolments)
