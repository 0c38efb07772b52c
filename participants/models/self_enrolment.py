"""That somebody enrolled a person who looks like themselves."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from core.actions import stamp
from core.enums import Category, Disposal


class SelfEnrolment(models.Model):
    """Name or address of the person were those of the user who enrolled: on the coordinators' start page until seen.

    `is_self` is what the user answered when asked.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "user": Disposal.CODE,
        "is_self": Disposal.CODE,
        "seen_at": Disposal.DATE,
        "seen_by": Disposal.CODE,
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField("participants.Enrolment", models.PROTECT, related_name="self_enrolment")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_self = models.BooleanField("är den som skrev in")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    seen_at = models.DateTimeField("sedd", null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        # What every coordinator's start page asks.
        indexes = (
            models.Index(fields=["enrolment"], condition=models.Q(seen_at__isnull=True), name="self_enrolment_unseen"),
        )

    def __str__(self) -> str:
        return f"Egen inskrivning {self.pk}"
