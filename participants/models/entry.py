"""How an enrolment began, what came of it, how it ended, and what says that it should never have been."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.enums import REASONS_OF_HEALTH, ExitReason, ReferralSource, VoidState
from participants.models.enrolment import Enrolment
from participants.querysets.facts import AmendedFactQuerySet, CaseFactQuerySet, CaseOutcomeQuerySet
from projects.models import Listed


class EnrolmentEntry(Fact):
    """The beginning of an enrolment on a day (`concerns_on`). A correction is a new entry."""

    default_category = Category.STEPS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "source": Disposal.CODE,
        "applied_on": Disposal.DATE,
        "referred_on": Disposal.DATE,
        "is_void": Disposal.CODE,
        "note": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(80, "Hur inskrivningen började")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="entries")
    source = models.CharField(max_length=30, choices=ReferralSource.choices)
    applied_on = models.DateField(null=True, blank=True)
    referred_on = models.DateField(null=True, blank=True)
    is_void = models.BooleanField(default=False)
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[CaseFactQuerySet] = CaseFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at__isnull=True), name="enrolment_entry_one_current"
            ),
        )

    def __str__(self) -> str:
        return f"Inskriven {self.concerns_on}"


def category_of(outcome: Listed) -> Category:
    """The kind of information that an outcome of this line is of."""
    return Category.HEALTH if outcome.counts_as_health else Category.STEPS


class Exit(AmendedFact):
    """The end of an enrolment on a day (`concerns_on`), for a reason. One that says how somebody feels is of health."""

    default_category = Category.STEPS
    counted_as = "avslut"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "reason": Disposal.CODE,
        "comment": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(90, "Avslut", {"comment": "Kommentar", "reason": "Orsak", **AMENDED})

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="exits")
    reason = models.CharField("orsak", max_length=30, choices=ExitReason.choices)
    comment = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[AmendedFactQuerySet] = AmendedFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at__isnull=True), name="exit_one_current"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=sorted(REASONS_OF_HEALTH), category=Category.HEALTH)
                | ~Q(reason__in=sorted(REASONS_OF_HEALTH)) & Q(category=Category.STEPS),
                name="exit_category",
            ),
        )

    def __str__(self) -> str:
        return f"Avslut {self.concerns_on}"

    @property
    def category_said(self) -> Category:
        """Health, where the reason says how somebody feels; else steps."""
        return Category.HEALTH if self.reason in REASONS_OF_HEALTH else Category.STEPS

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("enrolment_exit", args=[self.enrolment.public_id])

    @property
    def in_words(self) -> str:
        """«3 mars 2026, arbete. Fick jobb på lagret.»"""
        said = f"{day(self.concerns_on)}, {self.get_reason_display().lower()}."
        return f"{said} {self.comment}" if self.comment else said


class CaseOutcome(AmendedFact):
    """One thing that has come of an enrolment by a day, before its end too. Of several main ones the latest holds;
    others are marks beside it, and hold until they are taken back. One whose line says something about health is of
    that kind of information."""

    default_category = Category.STEPS
    counted_as = "utfall"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "outcome": Disposal.CODE,
        "is_main": Disposal.CODE,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(95, "Utfall", {"outcome": "Utfall", "is_main": "Huvudsakligt", **AMENDED})

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="outcomes")
    # A line of the project's list of outcomes.
    outcome = models.ForeignKey("projects.Listed", models.PROTECT, related_name="outcomes")
    is_main = models.BooleanField("huvudsakligt")

    objects: ClassVar[CaseOutcomeQuerySet] = CaseOutcomeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="outcome_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"Utfall {self.concerns_on}"

    @property
    def category_said(self) -> Category:
        """Health, where the line says something about it; else steps."""
        return category_of(self.outcome)

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("outcome_edit", args=[self.public_id])

    @property
    def in_words(self) -> str:
        """«Arbete, huvudsakligt, 3 mars 2026»."""
        main = ", huvudsakligt" if self.is_main else ""
        return f"{self.outcome.name}{main}, {day(self.concerns_on)}"


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

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="voidings")
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
