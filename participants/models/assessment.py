"""Kartläggningar: what is being asked about, area by area, and each that is complete."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.querysets.facts import AmendedFactQuerySet, AreaAnswerQuerySet, OfWorkQuerySet
from projects.enums import AssessmentArea


class AssessmentWork(AmendedFact):
    """A kartläggning that was begun on `concerns_on`. No figure counts it; a case has one under way at most.

    It is superseded once it is complete, when an `Assessment` names it, or taken back.
    """

    default_category = Category.ASSESSMENT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(194, "Påbörjade kartläggningar", {**AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="assessment_works")

    objects: ClassVar[AmendedFactQuerySet] = AmendedFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at__isnull=True), name="assessment_work_one_under_way"
            ),
        )

    def __str__(self) -> str:
        return f"Påbörjad {day(self.concerns_on)}"

    def get_absolute_url(self) -> str:
        """The page where it is continued."""
        return reverse("assessment_create", args=[self.enrolment.public_id])


class AreaAnswer(AmendedFact):
    """The answer in one area: words, or that the participant doesn't want to answer.

    While the kartläggning is under way each saving is a version; one that was emptied is superseded by none.
    """

    default_category = Category.ASSESSMENT
    counted_as = "område i kartläggning,områden i kartläggning"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "work": Disposal.CODE,
        "area": Disposal.CODE,
        "answer": Disposal.TEXT,
        "declines": Disposal.CODE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        196,
        "Områden i kartläggningar",
        {"work": "Kartläggning", "area": "Område", "answer": "Svar", "declines": "Vill inte svara", **AMENDED},
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="area_answers")
    work = models.ForeignKey(AssessmentWork, models.PROTECT, related_name="answers")
    area = models.CharField("område", max_length=20, choices=AssessmentArea.choices)
    answer = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    declines = models.BooleanField("vill inte svara", default=False)

    objects: ClassVar[AreaAnswerQuerySet] = AreaAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["work", "area"], condition=Q(superseded_at__isnull=True), name="area_answer_one_current"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, declines=False) | Q(answer__isnull=True, declines=True),
                name="area_answer_words_or_declines",
            ),
        )

    def __str__(self) -> str:
        return self.in_words

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("area_edit", args=[self.public_id])

    @property
    def in_words(self) -> str:
        """The answer, or «Vill inte svara.»"""
        return "Vill inte svara." if self.declines else str(self.answer)


class OwnWords(Fact):
    """The participant's own words on `concerns_on`. They are never corrected: new ones are added."""

    default_category = Category.ASSESSMENT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "work": Disposal.CODE,
        "words": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(198, "Med egna ord", {"work": "Kartläggning", "words": "Ord"})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="own_words")
    work = models.ForeignKey(AssessmentWork, models.PROTECT, related_name="own_words")
    words = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")

    objects: ClassVar[OfWorkQuerySet] = OfWorkQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return str(self.words)


class Assessment(AmendedFact):
    """A kartläggning, completed on `concerns_on`. A later one is a fact of its own, and stands beside the earlier.

    Without `work` it was written as a summary alone, before there were areas, or came from a register.
    """

    default_category = Category.ASSESSMENT
    counted_as = "kartläggning,kartläggningar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "work": Disposal.CODE,
        "summary": Disposal.TEXT,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
        "is_imported": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        200,
        "Kartläggningar",
        {"work": "Områdena", "summary": "Sammanfattning", **AMENDED},
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="assessments")
    work = models.ForeignKey(AssessmentWork, models.PROTECT, null=True, blank=True, related_name="assessments")
    summary = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    is_imported = models.BooleanField(default=False)

    objects: ClassVar[AmendedFactQuerySet] = AmendedFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="assessment_corrected_once"
            ),
            models.UniqueConstraint(
                fields=["work"],
                condition=Q(work__isnull=False, superseded_at__isnull=True),
                name="assessment_one_of_a_work",
            ),
        )

    def __str__(self) -> str:
        return f"Kartläggning {self.concerns_on}"

    def get_absolute_url(self) -> str:
        """The page of the kartläggning."""
        return reverse("assessment_detail", args=[self.public_id])
