"""Dated facts: what happened is added, never overwritten."""

import hashlib
import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actions import stamp
from core.enums import Category


class FactQuerySet(models.QuerySet):
    """Reads that every fact answers."""

    def current(self) -> Self:
        """Facts that nothing has replaced."""
        return self.filter(superseded_at__isnull=True)

    def placed(self) -> Self:
        """Facts that haven't been found to be about somebody else."""
        return self.filter(misplaced_at__isnull=True)

    def known_at(self, moment: datetime) -> Self:
        """Facts as they stood at `moment` (aware)."""
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment), recorded_at__lte=moment)

    def latest_version(self, public_id: uuid.UUID) -> Any:
        """The newest version of the fact with this public id; None where this queryset holds none. One query for each
        version in between."""
        found: Any = self.filter(public_id=public_id).first()
        while found and found.superseded_at and (later := self.filter(corrects=found).first()):
            found = later
        return found


class Fact(models.Model):
    """Something that was so on a day, written down at a moment by somebody for an organisation."""

    default_category: ClassVar[Category]
    # Whether an organisation may open another's case again because it has written such a fact there.
    opens_case: ClassVar[bool] = False
    # What a consent that is taken back counts of such facts, «one,many»; empty for what isn't counted.
    counted_as: ClassVar[str] = ""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concerns_on = models.DateField("dag")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    owner = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", editable=False)
    category = models.CharField(max_length=20, choices=Category.choices, editable=False)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When it was found to be about somebody else. Nothing of it is shown in this file; figures of the past still know
    # that it stood there.
    misplaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.category:
            self.category = self.category_said

    @property
    def category_said(self) -> Category:
        """The kind of information that the fact is of: its model's, unless the model goes by what the fact says."""
        return self.default_category


class AmendedFact(Fact):
    """A fact that is corrected by a new version, which says why, and taken back whole by a last one."""

    # The version that was written first: who wrote it is the author of all, and the order of writing is its.
    first = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later", editable=False)
    # Why this version corrects the one before, or takes all of them back.
    why = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    # The last version of what was taken back: superseded from its first moment, so nothing counts it.
    taken_back = models.BooleanField("återtaget", default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def root_id(self) -> int:
        """Key of the version that was written first."""
        return self.first_id or self.pk  # type: ignore[attr-defined]  # the column of an abstract model's key

    @property
    def stands(self) -> bool:
        """Whether this is the version in force."""
        return self.superseded_at is None

    @property
    def in_rows(self) -> str:
        """The part of the version that stands in rows of its own, in words; empty where it has none."""
        return ""


def supersede(fact: Fact) -> None:
    """Mark a fact as replaced: the only change that a fact sees, but for one that was about somebody else."""
    type(fact)._default_manager.filter(pk=fact.pk, superseded_at__isnull=True).update(superseded_at=stamp())


def digest(text: str, salt: str) -> str:
    """Salted digest of a free text, so that a fact can vouch for it after the text is blanked."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()
