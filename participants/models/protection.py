"""Texts to go through, numbers and notices of persons whose identity is protected."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from core.enums import Category, Disposal
from core.privacy import InExtract
from participants.querysets.person import TextToCheckQuerySet


class TextToCheck(models.Model):
    """A text that a person goes through once since somebody in it got protected, with the places where the name may be.

    There may be none: nobody knows every nickname. One that is about somebody else, who was the reason to write it, is
    gone through in that case. The places are positions in the text: the words themselves are kept nowhere else.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "body": Disposal.CODE,
        "owner": Disposal.CODE,
        "is_about_another": Disposal.CODE,
        "spans": Disposal.CODE,
        "checked_at": Disposal.DATE,
        "checked_by": Disposal.CODE,
    }
    in_extract = InExtract(
        350,
        "Texter att gå igenom sedan uppgifterna skyddades",
        {
            "body": "Text",
            "owner": "Organisation",
            "is_about_another": "Handlar om någon annan",
            "spans": "Ställen i texten",
            "checked_at": "Genomgången",
            "checked_by": "Genomgången av",
        },
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="texts_to_check")
    body = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    is_about_another = models.BooleanField(default=False, db_default=False)
    spans = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[TextToCheckQuerySet] = TextToCheckQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Text {str(self.public_id)[:8]}"


class ProtectedNumber(models.Model):
    """A number, present or former, of a protected person: a digest by a key that lies outside the database."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "organisation": Disposal.CODE,
        "digest": Disposal.IDENTITY,
    }
    in_extract = InExtract(360, "Kontrollvärden av nummer, sedan uppgifterna skyddades", {"digest": "Kontrollvärde"})

    participant = models.ForeignKey("participants.Participant", models.CASCADE, related_name="protected_numbers")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["participant", "digest"], name="protected_number_once"),)
        indexes = (models.Index(fields=["organisation", "digest"], name="protected_number_digest"),)

    def __str__(self) -> str:
        return f"Spärrat nummer {self.pk}"


class ProtectedNotice(models.Model):
    """A notice that a user tried to write down a protected person's number and was told so. At most one for a day and
    number.

    With `same_number`, that the user has protected a person whose number another person has too.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "digest": Disposal.IDENTITY,
        "asked_by": Disposal.CODE,
        "asked_on": Disposal.DATE,
        "asked_at": Disposal.DATE,
        "told": Disposal.CODE,
        "same_number": Disposal.CODE,
        "seen_at": Disposal.DATE,
    }
    in_extract = InExtract(
        370,
        "Vilka som fick veta att personen finns med skydd",
        {
            "digest": "Kontrollvärde",
            "asked_by": "Skrev in numret",
            "asked_on": "Dag",
            "asked_at": "När",
            "told": "Fick besked",
            "same_number": "Samma nummer som någon annan",
            "seen_at": "Sett",
        },
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey("participants.Participant", models.CASCADE, related_name="protected_notices")
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    told = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    same_number = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            # The two kinds apart: who is told that somebody had the same number may be protected the same day.
            models.UniqueConstraint(
                fields=["participant", "asked_by", "asked_on", "digest", "same_number"],
                name="protected_notice_once_a_day",
            ),
        )
        # What every start page asks.
        indexes = (
            models.Index(fields=["told"], condition=models.Q(seen_at__isnull=True), name="protected_notice_unseen"),
        )

    def __str__(self) -> str:
        return f"Besked om skydd {self.pk}"
