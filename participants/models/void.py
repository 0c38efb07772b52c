"""Wrong registrations: an enrolment that should never have been, who asked, who answered, and what was undone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import InExtract
from participants.enums import VoidState
from participants.querysets.facts import CaseFactQuerySet


class Voiding(Fact):
    """A step on the way to a wrong registration and back: each replaces the one before it.

    Whether the enrolment counts is said by `EnrolmentEntry.is_void`, which a confirmed step and an undone one write.
    """

    default_category = Category.STEPS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "state": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(100, "Begäran om felregistrering")

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="voidings")
    state = models.CharField("läge", max_length=20, choices=VoidState.choices)
    why = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[CaseFactQuerySet] = CaseFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at__isnull=True), name="voiding_one_current"
            ),
        )
        # What every start page of those who answer asks.
        indexes = (
            models.Index(
                fields=["enrolment"],
                condition=Q(superseded_at__isnull=True, state__in=("asked", "declined")),
                name="voiding_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"Felregistrering {self.state} {self.concerns_on}"
