"""Reads of what consents open."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    pass


class ConsentGrantQuerySet(QuerySet):
    """What consents open."""

    def live_on(self, day: date) -> Self:
        """Begun, not over on the day ("till och med" counts), and not taken back."""
        return self.open_on(day).filter(valid_from__lte=day)

    def open_on(self, day: date) -> Self:
        """The same together with those that haven't begun yet."""
        return self.filter(withdrawal__isnull=True, valid_through__gte=day)
