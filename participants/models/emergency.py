"""Opening a colleague's case in an emergency."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.enums import Category, Disposal
from core.facts import Fact
from participants.querysets import EmergencyAccessQuerySet


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
