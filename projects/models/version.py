"""The base of ladders and targets: a version holds from a day until a later version does."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from core.actions import stamp


class VersionQuerySet(models.QuerySet):
    """Versions that hold from a day; the newest written for a day replaces earlier ones for the same day."""

    def current(self) -> Self:
        """Versions that nothing has replaced."""
        return self.filter(superseded_at__isnull=True)

    def in_force(self, day: date) -> Self:
        """Versions that hold on `day`, the nearest first."""
        return self.current().filter(valid_from__lte=day).order_by("-valid_from")


class Version(models.Model):
    """Something that a project decides and may decide again: valid from a day, never overwritten.

    Each kind has its own `project`, named after the kind from the project's side, and `one_current_per_day` among its
    constraints.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    valid_from = models.DateField("gäller från")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("valid_from", "recorded_at")


def one_current_per_day(name: str) -> models.UniqueConstraint:
    """The constraint, called `name`, that a project has no two versions from one day that nothing has replaced."""
    is_current = models.Q(superseded_at__isnull=True)
    return models.UniqueConstraint(fields=["project", "valid_from"], condition=is_current, name=name)
