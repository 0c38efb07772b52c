"""Who works with a case."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from core.actions import stamp
from core.days.periods import Period
from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import InExtract
from participants.enums import CaseRole
from participants.querysets.assignment import CaseAssignmentQuerySet
from participants.querysets.facts import EmergencyAccessQuerySet


class CaseAssignment(models.Model):
    """A user, or an organisation's whole unit, works with a case for a time."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "user": Disposal.CODE,
        "organisation": Disposal.CODE,
        "role": Disposal.CODE,
        "valid_from": Disposal.DATE,
        "valid_until": Disposal.DATE,
        "note": Disposal.TEXT,
    }
    in_extract = InExtract(110, "Vilka som arbetar med ärendet")

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="case_assignments"
    )
    role = models.CharField(max_length=20, choices=CaseRole.choices)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[CaseAssignmentQuerySet] = CaseAssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="assignment_period"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(valid_until__isnull=True, role=CaseRole.RESPONSIBLE),
                name="assignment_one_responsible",
                violation_error_message="Ärendet har redan en ansvarig.",
            ),
        )
        # What every question about who may read a case asks: the user's own cases, and the whole unit's.
        indexes = (
            models.Index(fields=["user", "enrolment", "valid_from", "valid_until"], name="assignment_user"),
            # Whether somebody is responsible for a case, without reading the row: lists ask it of each.
            models.Index(fields=["enrolment", "role", "valid_from", "valid_until"], name="assignment_role"),
            models.Index(
                fields=["organisation", "enrolment"], condition=Q(user__isnull=True), name="assignment_whole_unit"
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return Period.of(self.valid_from, self.valid_until)


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
    # A moment, not a day.
    in_extract = InExtract(320, "Nödöppningar", {"until": "Till"})

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
    """A notice that a case has been opened in an emergency, on the start page of a user who answers for it until it is
    seen."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "opening": Disposal.CODE,
        "user": Disposal.CODE,
        "seen_at": Disposal.DATE,
    }
    in_extract = InExtract(340, "Vilka som fick veta om nödöppningar", {"opening": "Nödöppning", "seen_at": "Sett"})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opening = models.ForeignKey(EmergencyAccess, models.PROTECT, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField("sedd", null=True, blank=True)

    # Whether its user may still read the case; see participants.emergency.notices.unseen_notices.
    is_readable: bool

    class Meta:
        constraints = (models.UniqueConstraint(fields=["opening", "user"], name="emergency_notice_once"),)
        # What every start page asks.
        indexes = (
            models.Index(fields=["user"], condition=models.Q(seen_at__isnull=True), name="emergency_notice_unseen"),
        )

    def __str__(self) -> str:
        return f"Besked {self.pk}"
