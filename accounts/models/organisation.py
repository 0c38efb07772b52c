"""Organisations."""

import uuid

from django.db import models

from accounts.enums import OrganisationKind
from core.models import SortedByName


class Organisation(SortedByName):
    """A party: an authority, a municipal board, a region. Owner of what its people write."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("namn", max_length=120, unique=True)
    kind = models.CharField("slag", max_length=30, choices=OrganisationKind.choices, default=OrganisationKind.OTHER)

    class Meta:
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.name
