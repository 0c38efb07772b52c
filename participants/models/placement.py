"""Where a participant is on placement, what is certified of it, and what they work with."""

from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.days.periods import Period
from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from participants.querysets.facts import CertificateQuerySet, EmploymentPeriodQuerySet, PlacementPeriodQuerySet

_CERTIFIED: Final = {"place": "Plats", "first_day": "Från och med", "last_day": "Till och med", "extent": "Omfattning"}
_SAID: Final = {"tasks": "Arbetsuppgifter", "verdict": "Omdöme", "signer": "Skrivs under av"}
_GUIDE: Final = {"guide": "Handledare utan konto", "guide_phone": "Telefon till handledaren utan konto"}


def led_by(supervisor: str, guide: str) -> str:
    """The supervisor and the guide of a placement in words, each where there is one; «okänd» where the words are
    gone."""
    return " och ".join(filter(None, (supervisor, guide))) or "okänd"


class PlacementPeriod(AmendedFact):
    """At a place from `concerns_on` until a day (half-open; open end: until further notice), under a supervisor who has
    an account, or a guide who has none, or both.

    It lets the supervisor read who comes and when, as far as Scope says, and nothing else of the case. A guide is a
    name and a number to ring, and reads nothing here.
    """

    default_category = Category.PLAN
    counted_as = "placering,placeringar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "place": Disposal.TEXT,
        "supervisor": Disposal.CODE,
        "guide": Disposal.TEXT,
        "guide_phone": Disposal.TEXT,
        "until": Disposal.DATE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(190, "Placeringar", {"place": "Plats", "supervisor": "Handledare", **_GUIDE, **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="placements")
    place = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="placements"
    )
    guide = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    guide_phone = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateField("till", null=True, blank=True)
    # When it came here from another file, for figures of the moments before.
    here_since = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PlacementPeriodQuerySet] = PlacementPeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="placement_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("concerns_on")),
                name="placement_period",
                violation_error_message="Placeringen kan inte sluta innan den börjar.",
            ),
            models.CheckConstraint(
                condition=Q(supervisor__isnull=False) | Q(guide__isnull=False), name="placement_looked_after"
            ),
        )
        indexes = (
            models.Index(
                fields=["supervisor", "enrolment"],
                condition=Q(superseded_at__isnull=True),
                name="placement_supervisor",
            ),
        )

    def __str__(self) -> str:
        return f"Placering från {self.concerns_on}"

    @property
    def period(self) -> Period:
        """The days of the placement; the enrolment may end before."""
        return Period.of(self.concerns_on, self.until)

    @property
    def in_words(self) -> str:
        """«Köket, 3 mars 2026 – 31 mars 2026, handledare Hedda Ek»."""
        return f"{self.place.text}, {self.period.in_words}, handledare {self.led_by}"

    @property
    def led_by(self) -> str:
        """«Hedda Ek», «Kim Alm, 070-465 00 41» or both: who looks after the participant there."""
        guide = [text.text for text in (self.guide, self.guide_phone) if text and text.text]
        return led_by(str(self.supervisor or ""), ", ".join(guide))

    def get_absolute_url(self) -> str:
        """The page where it is changed."""
        return reverse("placement_edit", args=[self.public_id])


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


class PlacementCertificate(AmendedFact):
    """A certificate of a placement (praktikintyg) of the day `concerns_on`, for an employer to read; it is signed on
    paper. It stands by itself when the placement is changed, and names neither authority nor project.
    """

    default_category = Category.PLAN
    counted_as = "praktikintyg,praktikintyg"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "place": Disposal.TEXT,
        "first_day": Disposal.DATE,
        "last_day": Disposal.DATE,
        "extent": Disposal.TEXT,
        "tasks": Disposal.TEXT,
        "verdict": Disposal.TEXT,
        "signer": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(191, "Praktikintyg", {**_CERTIFIED, **_SAID, **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="certificates")
    place = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    first_day = models.DateField("från och med")
    last_day = models.DateField("till och med", null=True, blank=True)
    extent = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    tasks = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    verdict = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[CertificateQuerySet] = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["corrects"], condition=Q(corrects__isnull=False), name="certificate_once"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="certificate_period"
            ),
        )

    def __str__(self) -> str:
        return f"Praktikintyg {self.concerns_on}"

    @property
    def when(self) -> str:
        """«2 februari – 27 mars 2026», or «från 2 februari 2026»."""
        return Period(self.first_day, self.last_day).in_words

    @property
    def in_words(self) -> str:
        """«Byggeriet, 2 februari 2026 – 27 mars 2026»."""
        return f"{self.place.text or 'Platsen är borttagen'}, {self.when}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("certificate_edit", args=[self.public_id])
