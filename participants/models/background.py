"""Sick-listing and means of support."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.days.periods import Period
from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.enums import LivelihoodKind, LivelihoodMoment
from participants.livelihood.words import MOST_MONTHS_BEFORE, LivingSituation
from participants.querysets.facts import LivelihoodQuerySet, SickListingQuerySet
from projects.models import Listed


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


def category_of_situation(lines: Iterable[Listed | None], kinds: Iterable[str] = ()) -> Category:
    """The kind of information that a record of means of support is of: health where one of its lines, or of the kinds
    that a register named, says something about it; else support."""
    by_line = any(line.counts_as_health for line in lines if line)
    return (
        Category.HEALTH if by_line or any(LivelihoodKind(kind).is_about_health for kind in kinds) else Category.SUPPORT
    )


class LivelihoodRecord(AmendedFact):
    """Means of support, occupation and education at an agreed moment, or that the person wasn't reached then. One of
    which a line says something about health is of that kind of information."""

    default_category = Category.SUPPORT
    counted_as = "uppgift om försörjning,uppgifter om försörjning"
    personal_data: ClassVar[dict[str, Disposal]] = {
        **dict.fromkeys(("enrolment", "moment", "not_reached", "occupation", "education"), Disposal.CODE),
        **dict.fromkeys(("months_before", "taken_back"), Disposal.CODE),
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        160,
        "Försörjning",
        {
            "moment": "När",
            "not_reached": "Inte nådd",
            "occupation": "Sysselsättning",
            "education": "Utbildning",
            "months_before": "Månader med stöd före starten",
            **AMENDED,
        },
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="livelihoods")
    moment = models.CharField(max_length=20, choices=LivelihoodMoment.choices)
    not_reached = models.BooleanField("inte nådd", default=False, db_default=False)
    # Lines of the project's lists.
    occupation = models.ForeignKey("projects.Listed", models.PROTECT, null=True, blank=True, related_name="occupied")
    education = models.ForeignKey("projects.Listed", models.PROTECT, null=True, blank=True, related_name="educated")
    # How long the person had lived on support when the enrolment began.
    months_before = models.PositiveSmallIntegerField("månader före starten", null=True, blank=True)

    objects: ClassVar[LivelihoodQuerySet] = LivelihoodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="livelihood_corrected_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "moment"], condition=Q(superseded_at=None), name="livelihood_once_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(not_reached=False) | Q(occupation=None, education=None, months_before=None),
                name="livelihood_not_reached",
            ),
            models.CheckConstraint(
                condition=Q(months_before=None)
                | Q(moment=LivelihoodMoment.ENROLMENT, months_before__lte=MOST_MONTHS_BEFORE),
                name="livelihood_months_before",
            ),
        )

    def __str__(self) -> str:
        return self.get_moment_display()

    @property
    def category_said(self) -> Category:
        """Health, where one of its lines says something about it; else support. Of one that is about to be written its
        means of support aren't known yet: who writes them says the kind."""
        means = self.sources.all() if self.pk else []
        lines = [self.occupation, *(source.line for source in means)]
        return category_of_situation(lines, [source.kind for source in means if source.kind])

    @property
    def in_rows(self) -> str:
        """«Försörjningsstöd 60 %, lön 40 %»."""
        return LivingSituation.of(self).support

    @property
    def in_words(self) -> str:
        """«Vid inskrivning, 3 mars 2026: försörjningsstöd. Sysselsättning: arbetslös.»"""
        said = LivingSituation.of(self).in_words
        return f"{self.get_moment_display()}, {day(self.concerns_on)}: {said[:1].lower()}{said[1:]}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("livelihood_edit", args=[self.public_id])


class LivelihoodSource(models.Model):
    """One of several means of support, with its share where it is known: a line of the project's list or, where that
    has none, the `kind` that a register named."""

    personal_category: ClassVar[Category] = Category.SUPPORT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "record": Disposal.CODE,
        "line": Disposal.CODE,
        "kind": Disposal.CODE,
        "percent": Disposal.CODE,
    }
    in_extract = InExtract(170, "Försörjning, del för del", {"record": "Hör till", "line": "Slag"})

    record = models.ForeignKey(LivelihoodRecord, models.CASCADE, related_name="sources")
    line = models.ForeignKey("projects.Listed", models.PROTECT, null=True, blank=True, related_name="supported")
    kind = models.CharField(max_length=30, choices=LivelihoodKind.choices, blank=True, default="")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["record", "line"], name="livelihood_line_once"),
            models.CheckConstraint(
                condition=Q(line__isnull=True) & ~Q(kind="") | Q(line__isnull=False, kind=""),
                name="livelihood_line_or_kind",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="livelihood_percent_in_range"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """«Försörjningsstöd»."""
        return self.line.name if self.line else self.get_kind_display()

    @property
    def is_public(self) -> bool:
        """Whether it is support from the public."""
        return bool(self.line.is_public_support) if self.line else LivelihoodKind(self.kind).is_public
