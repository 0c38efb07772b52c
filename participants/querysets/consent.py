"""Reads of what consents open."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    pass


class ConsentGrantQuerySet(QuerySet):
    """What consents open."""

    def on(self, day: date) -> Self:
        """Grants that let somebody read on the day: begun, not over («till och med» counts), and not taken back."""
        return self.on_or_after(day).filter(valid_from__lte=day)

    def on_or_after(self, day: date) -> Self:
        """Grants that are not taken back and end on the day or later, whether or not they have begun."""
        return self.filter(withdrawal__isnull=True, valid_through__gte=day)
