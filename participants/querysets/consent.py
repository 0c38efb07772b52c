"""Reads of grants: what consents let other parties read."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    pass


class ConsentGrantQuerySet(QuerySet):
    """Grants: each lets one party read one kind of information in one case during a period."""

    def live(self) -> Self:
        """Grants that are neither withdrawn nor superseded by a correction or a taking back, on any days."""
        return self.filter(withdrawal__isnull=True, superseded_at__isnull=True)

    def on(self, day: date) -> Self:
        """Grants that let a party read on the day: begun, not ended (the last day counts), and live."""
        return self.on_or_after(day).filter(valid_from__lte=day)

    def on_or_after(self, day: date) -> Self:
        """Grants that are live and end on the day or later, whether or not they have begun."""
        return self.live().filter(valid_through__gte=day)
