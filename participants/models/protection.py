"""What is left to go through when an identity has been protected."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from core.enums import Category, Disposal
from participants.querysets import TextToCheckQuerySet


class TextToCheck(models.Model):
    """A text about somebody protected, with the places where the person may still be recognised.

    The places are positions in the text: the words themselves are kept nowhere else.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "body": Disposal.CODE,
        "owner": Disposal.CODE,
        "spans": Disposal.CODE,
        "checked_at": Disposal.DATE,
        "checked_by": Disposal.CODE,
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="texts_to_check")
    body = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    spans = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[TextToCheckQuerySet] = TextToCheckQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Text {str(self.public_id)[:8]}"
