"""Opening a colleague's case in an emergency."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.enums import Category, Disposal
from core.facts import Fact
from participants.querysets.facts import EmergencyAccessQuerySet


class EmergencyAccess(Fact):
    """A user opened a colleague's case: from `recorded_at`, for an hour, with a reason."""

    default_category = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "user": Disposal.CODE,
        "reason": Disposal.TEXT,
        "until": Disposal.DATE,
        "concerns_on": Disposal.DATE,
    }

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="emergency_accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    until = models.DateTimeField("till")

    objects: ClassVar[EmergencyAccessQuerySet] = EmergencyAccessQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(until__gt=F("recorded_at")), name="emergency_access_period"),)
        indexes = (models.Index(fields=["user", "until", "enrolment"], name="emergency_access_live"),)

    def __str__(self) -> str:
        return f"Nödöppning {self.concerns_on}"


class EmergencyNotice(models.Model):
    """That somebody who answers for the case is to know of it: on their start page until they have seen it."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "opening": Disposal.CODE,
        "user": Disposal.CODE,
        "seen_at": Disposal.DATE,
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opening = models.ForeignKey(EmergencyAccess, models.PROTECT, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField("sedd", null=True, blank=True)

    # Whether its user may still read the case; see participants.emergency.actions.unseen_notices.
    is_readable: bool

    class Meta:
        constraints = (models.UniqueConstraint(fields=["opening", "user"], name="emergency_notice_once"),)
        # What every start page asks.
        indexes = (
            models.Index(fields=["user"], condition=models.Q(seen_at__isnull=True), name="emergency_notice_unseen"),
        )

    def __str__(self) -> str:
        return f"Besked {self.pk}"
