"""Reads of persons who are counted and not registered."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class CountedOnlyQuerySet(models.QuerySet):
    """Persons who are counted and not registered."""

    def counting(self, known_at: datetime | None = None) -> Self:
        """Persons who count now, or who were known to count at the moment (aware)."""
        if known_at is None:
            return self.filter(taken_back_at=None)
        return self.filter(Q(taken_back_at=None) | Q(taken_back_at__gt=known_at), recorded_at__lte=known_at)
