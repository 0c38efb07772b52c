"""Consent: what a participant has agreed to, refused and taken back; and the legal ground, which is another thing."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation
from core.days.dates import stockholm_day
from core.days.periods import Period
from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from participants.enums import ConsentAnswer, ConsentForm, LegalGroundKind
from participants.querysets.consent import ConsentGrantQuerySet
from participants.querysets.facts import AmendedFactQuerySet, CaseFactQuerySet


class Consent(AmendedFact):
    """An answer to the question whether named parties may read kinds of information, from `concerns_on`.

    What it opens stands in its grants; a refusal has none. A renewal is a new consent that names the one before. A
    version that has been corrected or taken back has grants that are superseded with it.
    """

    default_category = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "answer": Disposal.CODE,
        "form": Disposal.CODE,
        "purpose": Disposal.TEXT,
        "valid_through": Disposal.DATE,
        "received_by": Disposal.CODE,
        "renews": Disposal.CODE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        130,
        "Svar på frågor om samtycke",
        {"answer": "Svar", "received_by": "Mottaget av", "renews": "Förnyar", **AMENDED},
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="consents")
    answer = models.CharField("svar", max_length=10, choices=ConsentAnswer.choices, default=ConsentAnswer.GIVEN)
    form = models.CharField("lämnat", max_length=10, choices=ConsentForm.choices)
    purpose = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    valid_through = models.DateField("till och med", null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")

    objects: ClassVar[AmendedFactQuerySet] = AmendedFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="consent_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_through__isnull=True) | Q(valid_through__gte=F("concerns_on")),
                name="consent_period",
                violation_error_message="Samtycket kan inte sluta innan det börjar.",
            ),
            models.CheckConstraint(
                condition=Q(answer=ConsentAnswer.REFUSED) | Q(valid_through__isnull=False),
                name="consent_has_last_day",
                violation_error_message="Ett samtycke gäller till och med en dag.",
            ),
        )

    def __str__(self) -> str:
        return f"Samtycke {self.concerns_on}"

    def get_absolute_url(self) -> str:
        """Address of the page of the case's consents."""
        return reverse("consent_list", args=[self.enrolment.public_id])


class ConsentWithdrawal(Fact):
    """A withdrawal of a consent, whole or in part: the grants that name this row are over."""

    default_category = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "consent": Disposal.CODE,
        "form": Disposal.CODE,
        "note": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(150, "Återkallade samtycken")

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="consent_withdrawals")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="withdrawals")
    form = models.CharField("lämnad", max_length=10, choices=ConsentForm.choices)
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[CaseFactQuerySet] = CaseFactQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Återkallelse {self.concerns_on}"


class ConsentGrant(models.Model):
    """One cell of a consent: this party may read this kind of information about this case in this period.

    Case and period are copies of the consent's, so that one index answers who may read what.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "consent": Disposal.CODE,
        "enrolment": Disposal.CODE,
        "organisation": Disposal.CODE,
        "category": Disposal.CODE,
        "valid_from": Disposal.DATE,
        "valid_through": Disposal.DATE,
        "withdrawal": Disposal.CODE,
        "superseded_at": Disposal.DATE,
    }
    in_extract = InExtract(
        140,
        "Vad samtycken gäller",
        {
            "category": "Slag av uppgift",
            "withdrawal": "Återkallat genom",
            "superseded_at": "Rättat eller återtaget som fel",
        },
    )

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="grants")
    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="consent_grants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    category = models.CharField(max_length=20, choices=Category.choices)
    valid_from = models.DateField()
    valid_through = models.DateField()
    withdrawal = models.ForeignKey(ConsentWithdrawal, models.PROTECT, null=True, blank=True, related_name="grants")
    # When its consent was corrected or taken back as written by mistake. It opens nothing from then on, but tells what
    # it opened until then.
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[ConsentGrantQuerySet] = ConsentGrantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["consent", "organisation", "category"], name="consent_grant_once"),
        )
        # With the columns of the condition: without them SQLite reads each row to see that it is empty.
        indexes = (
            models.Index(
                fields=[
                    "organisation",
                    "enrolment",
                    "category",
                    "valid_from",
                    "valid_through",
                    "withdrawal",
                    "superseded_at",
                ],
                condition=Q(withdrawal__isnull=True, superseded_at__isnull=True),
                name="consent_grant_live",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_category_display()}"

    @property
    def opened(self) -> Period | None:
        """The days on which it let anybody read, to come ones too; None where it never did. A corrected answer opens
        from its correction. The consent must be read with it, and the withdrawal."""
        version = self.consent
        withdrawn_at = self.withdrawal.recorded_at if self.withdrawal else None
        corrected_at = version.recorded_at if version.corrects_id else None
        return days_open(Period(self.valid_from, self.valid_through), corrected_at, withdrawn_at, self.superseded_at)


def days_open(
    term: Period, corrected_at: datetime | None, withdrawn_at: datetime | None, superseded_at: datetime | None
) -> Period | None:
    """The days of a grant's term on which it let anybody read; None where it never did.

    corrected_at: when its version corrected the one before.  withdrawn_at, superseded_at: when it was closed.
    """
    closed = min(filter(None, [withdrawn_at, superseded_at]), default=None)
    if corrected_at and closed and closed <= corrected_at:
        return None
    first = max(term.first, stockholm_day(corrected_at)) if corrected_at else term.first
    ends = [day for day in (term.last, stockholm_day(closed) if closed else None) if day]
    last = min(ends)
    return Period(first, last) if first <= last else None


class LegalGround(AmendedFact):
    """On which ground the organisation handles the data. Sharing rests on consent, handling doesn't.

    It holds from `concerns_on` until the next one that stands. A new ground leaves the one before as it was; a mistake
    in one is corrected by a new version of it.
    """

    default_category = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "ground": Disposal.CODE,
        "note": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
    }
    in_extract = InExtract(120, "Rättslig grund", {"ground": "Grund", **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="legal_grounds")
    ground = models.CharField("rättslig grund", max_length=30, choices=LegalGroundKind.choices)
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[AmendedFactQuerySet] = AmendedFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="legal_ground_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return self.get_ground_display()

    def get_absolute_url(self) -> str:
        """Address of the page of the case's consents, where the grounds stand."""
        return reverse("consent_list", args=[self.enrolment.public_id])
