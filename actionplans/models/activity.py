"""Activities of a plan: physical activity, time with a psychologist, visits, applications, and what a group does."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actionplans.enums import Attendance
from core.days.periods import Period, PeriodQuerySet
from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from participants.models import Enrolment
from participants.querysets.facts import AmendedFactQuerySet
from projects.models import Listed


class CaseActivityQuerySet(PeriodQuerySet, AmendedFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Activities of cases, versions that have been replaced included."""

    first_column = "concerns_on"
    until_column = "until"

    def with_case(self) -> Self:
        """Reads kind, words and the organisation that helps together with each activity, besides case, person, project
        and owner."""
        return super().with_case().select_related("kind", "rhythm", "helper", "note")


class CaseActivity(AmendedFact):
    """An optional part of a plan from `concerns_on` until a day (half-open; open end: until further notice, and no
    longer than the enrolment).

    Several may go on at once. One whose kind says something about health is of that kind of information, any other of
    the plan. One of a group's kinds says whether the participant is invited, came or didn't; any other says nothing of
    it. No figure counts activities, and no plan is incomplete without.
    """

    default_category = Category.PLAN
    counted_as = "aktivitet,aktiviteter"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "kind": Disposal.CODE,
        "rhythm": Disposal.TEXT,
        "helper": Disposal.CODE,
        "note": Disposal.TEXT,
        "until": Disposal.DATE,
        "attendance": Disposal.CODE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        235,
        "Aktiviteter",
        {
            "kind": "Aktivitet",
            "rhythm": "När",
            "helper": "Hjälper till",
            "note": "Mer om aktiviteten",
            "attendance": "Närvaro i grupp",
            **AMENDED,
        },
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="activities")
    # A line of the project's list of activities, or of those in a group.
    kind = models.ForeignKey(Listed, models.PROTECT, related_name="activities")
    # When it is, in words: «tisdagar 10–11».
    rhythm = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    helper = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateField("till", null=True, blank=True)
    attendance = models.CharField("närvaro", max_length=10, choices=Attendance.choices, blank=True)

    objects: ClassVar[CaseActivityQuerySet] = CaseActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="activity_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("concerns_on")),
                name="activity_period",
                violation_error_message="Aktiviteten kan inte sluta innan den börjar.",
            ),
        )

    def __str__(self) -> str:
        return f"Aktivitet från {self.concerns_on}"

    @property
    def category_said(self) -> Category:
        """Health, where the kind says something about it; else the plan."""
        return category_of_activity(self.kind)

    @property
    def period(self) -> Period:
        """The days of the activity; the enrolment may end before."""
        return Period.of(self.concerns_on, self.until)

    @property
    def done(self) -> str:
        """«Fysisk aktivitet, tisdagar 10–11, med Region Sol»."""
        return activity_in_words(str(self.kind), str(self.rhythm or ""), str(self.helper or ""), self.attendance)

    @property
    def in_words(self) -> str:
        """«Fysisk aktivitet, tisdagar 10–11, med Region Sol, från 3 mars 2026. Gymmet på torget.»"""
        note = str(self.note or "")
        said = f"{self.done}, {self.period.in_words}"
        return f"{said}. {note}" if note else said

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("activity_edit", args=[self.public_id])


def category_of_activity(kind: Listed) -> Category:
    """The kind of information that an activity of this kind is of."""
    return Category.HEALTH if kind.counts_as_health else Category.PLAN


def activity_in_words(kind: str, rhythm: str, helper: str, attendance: str) -> str:
    """«Fysisk aktivitet, tisdagar 10–11, med Region Sol»; when and with whose help where they are known, and of what a
    group did whether the participant came."""
    came = Attendance(attendance).label.lower() if attendance else ""
    return ", ".join(part for part in (kind, rhythm, f"med {helper}" if helper else "", came) if part)
