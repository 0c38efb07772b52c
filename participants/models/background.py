"""Sick-listing, employment and means of support."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.days.periods import Period
from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from participants.enums import LivelihoodKind, LivelihoodMoment
from participants.querysets.facts import CaseFactQuerySet, EmploymentPeriodQuerySet, SickListingQuerySet


def share_in_words(percent: int) -> str:
    """«75 %», or that somebody isn't sick-listed any more."""
    return f"{percent} %" if percent else "Inte sjukskriven"


class SickListing(AmendedFact):
    """Sick-listed to so many per cent from `concerns_on` until a day (half-open; open end: still).

    What a later one has cut is written again, in one or two pieces: those have no `why`, but a `first`.
    """

    default_category = Category.HEALTH
    counted_as = "sjukskrivning,sjukskrivningar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "percent": Disposal.CODE,
        "until": Disposal.DATE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(180, "Sjukskrivningar", {**AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="sick_listings")
    percent = models.PositiveSmallIntegerField("procent", validators=[MinValueValidator(0), MaxValueValidator(100)])
    until = models.DateField("till", null=True, blank=True)

    objects: ClassVar[SickListingQuerySet] = SickListingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(percent__lte=100), name="sick_listing_percent"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("concerns_on")),
                name="sick_listing_period",
                violation_error_message="Sjukskrivningen kan inte sluta innan den börjar.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent} % från {self.concerns_on}"

    @property
    def period(self) -> Period:
        """The days of which it speaks."""
        return Period.of(self.concerns_on, self.until)

    @property
    def in_words(self) -> str:
        """«100 % 3 mars 2026 – 31 mars 2026»."""
        return f"{share_in_words(self.percent)} {self.period.in_words}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("sick_listing_edit", args=[self.public_id])

    @property
    def stands(self) -> bool:
        """Whether nobody has corrected it or taken it back. A later sick-listing may have cut it: `superseded_at`."""
        return not (self.taken_back or SickListing.objects.said().filter(first=self.root_id, pk__gt=self.pk).exists())


def work_in_words(form: str, employer: str, percent: int | None) -> str:
    """«Utvecklingsanställning på Återbruket, 75 %»; employer and share where they are known."""
    at = f"{form} på {employer}" if employer else form
    return f"{at}, {percent} %" if percent else at


class EmploymentPeriod(AmendedFact):
    """Employed, in a business of one's own or studying, from `concerns_on` until a day (half-open; open end: still).

    A change of form ends the one period and begins another. Several may go on at once.
    """

    default_category = Category.SUPPORT
    counted_as = "anställning,anställningar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "form": Disposal.CODE,
        "employer": Disposal.TEXT,
        "percent": Disposal.CODE,
        "other_support": Disposal.CODE,
        "until": Disposal.DATE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        185,
        "Anställningar",
        {"form": "Form", "employer": "Arbetsgivare eller skola", "other_support": "Har också stöd", **AMENDED},
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="employments")
    # A line of the project's list of forms.
    form = models.ForeignKey("projects.Listed", models.PROTECT, related_name="employments")
    employer = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    percent = models.PositiveSmallIntegerField(
        "procent", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    # Whether the person lives on support beside it; None where nobody has said.
    other_support = models.BooleanField("har också stöd", null=True, blank=True)
    until = models.DateField("till", null=True, blank=True)

    objects: ClassVar[EmploymentPeriodQuerySet] = EmploymentPeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="employment_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=1, percent__lte=100), name="employment_percent"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("concerns_on")),
                name="employment_period",
                violation_error_message="Anställningen kan inte sluta innan den börjar.",
            ),
        )

    def __str__(self) -> str:
        return f"Anställning från {self.concerns_on}"

    @property
    def period(self) -> Period:
        """The days of the employment; it may have begun before the enrolment, and go on after it."""
        return Period.of(self.concerns_on, self.until)

    @property
    def work(self) -> str:
        """«Utvecklingsanställning på Återbruket, 75 %»."""
        return work_in_words(self.form.name, self.employer.text if self.employer else "", self.percent)

    @property
    def in_words(self) -> str:
        """«Utvecklingsanställning på Återbruket, 75 %, 1 februari 2026 – 30 november 2026»."""
        return f"{self.work}, {self.period.in_words}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("employment_edit", args=[self.public_id])


class LivelihoodRecord(Fact):
    """Means of support at one of the agreed moments."""

    default_category = Category.SUPPORT
    counted_as = "uppgift om försörjning,uppgifter om försörjning"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "moment": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(160, "Försörjning", {"moment": "När"})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="livelihoods")
    moment = models.CharField(max_length=20, choices=LivelihoodMoment.choices)

    objects: ClassVar[CaseFactQuerySet] = CaseFactQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_moment_display()


class LivelihoodSource(models.Model):
    """One of several means of support, with its share where it is known."""

    personal_category: ClassVar[Category] = Category.SUPPORT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "record": Disposal.CODE,
        "kind": Disposal.CODE,
        "percent": Disposal.CODE,
    }
    in_extract = InExtract(170, "Försörjning, del för del", {"record": "Hör till"})

    record = models.ForeignKey(LivelihoodRecord, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=30, choices=LivelihoodKind.choices)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="livelihood_percent_in_range"
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()
