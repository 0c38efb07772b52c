"""Signatures under a plan, given on paper."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.models import Enrolment
from participants.querysets.facts import AmendedFactQuerySet


class PlanSignatureQuerySet(AmendedFactQuerySet):
    """Signatures under plans, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads the signing organisation together with each signature, besides case, person, project and owner."""
        return super().with_case().select_related("signer")


class PlanSignature(AmendedFact):
    """A signature under a revision of the plan, on the paper that lies somewhere else: whose, and which day
    (`concerns_on`).

    No plan is incomplete without, and no figure counts them.
    """

    default_category = Category.PLAN
    counted_as = "underskrift,underskrifter"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "number": Disposal.CODE,
        "signer": Disposal.CODE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        225, "Underskrifter på planen", {"number": "Plan", "signer": "Part, tomt för deltagaren", **AMENDED}
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="plan_signatures")
    # Of the revision that was signed: PlanRevision.number.
    number = models.PositiveSmallIntegerField("plan")
    # None: the participant.
    signer = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[PlanSignatureQuerySet] = PlanSignatureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="plan_signature_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"Underskrift {self.concerns_on}"

    @property
    def in_words(self) -> str:
        """«Plan 2: deltagaren, 3 mars 2026»."""
        return f"Plan {self.number}: {self.signer or 'deltagaren'}, {day(self.concerns_on)}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("signature_edit", args=[self.public_id])
