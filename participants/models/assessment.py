"""Kartläggningar: what is being asked about, area by area, and each that is complete; and how each party sees the
ability to work."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.abilities.parties import AbilityAnswer, AbilityParty, by_illness, told_by_party
from participants.abilities.words import view_in_words, whose_view_in_sentence
from participants.querysets.facts import (
    AbilityStatementQuerySet,
    AmendedFactQuerySet,
    AreaAnswerQuerySet,
    OfWorkQuerySet,
)
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


class AbilityStatement(AmendedFact):
    """A party's own view of the ability to work as it was on `concerns_on`, written down by the owner. A newer one of
    that party takes its place, and the older stay. It decides nothing.

    Views of care and of sick-leave insurance are about health, all others about work (`AbilityParty.category`).
    """

    default_category = Category.SUPPORT
    counted_as = "uppgift om arbetsförmåga,uppgifter om arbetsförmåga"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "party": Disposal.CODE,
        "answer": Disposal.CODE,
        "words": Disposal.TEXT,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        187,
        "Bedömning av arbetsförmågan",
        {"party": "Vem bedömer", "answer": "Bedömning", "words": "Med egna ord", **AMENDED},
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="abilities")
    party = models.CharField("part", max_length=20, choices=AbilityParty.choices)
    answer = models.CharField("syn", max_length=20, choices=AbilityAnswer.choices)
    words = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[AbilityStatementQuerySet] = AbilityStatementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="ability_corrected_once"
            ),
            models.CheckConstraint(condition=told_by_party(), name="ability_told_by_party"),
            models.CheckConstraint(condition=by_illness(), name="ability_category"),
        )

    def __str__(self) -> str:
        return f"Bedömning av arbetsförmågan {self.concerns_on}"

    @property
    def whose_view(self) -> str:
        """«vårdens bedömning av arbetsförmågan»."""
        return whose_view_in_sentence(self.party)

    @property
    def in_words(self) -> str:
        """«Arbetsförmedlingen: anställningsbar, 3 mars 2026. Söker jobb i lager.»"""
        said = f"{view_in_words(self.party, self.answer)}, {day(self.concerns_on)}"
        return f"{said}. {self.words}" if self.words else said

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("ability_edit", args=[self.public_id])
