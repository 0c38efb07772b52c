"""Step assessments: dated, with the answers that supported them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Prefetch, Q

from actionplans.enums import CriterionOutcome, Origin, Outcome
from actionplans.models.meeting import Meeting
from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import Emptiable, InExtract, mask
from participants.models import Enrolment
from participants.querysets.facts import CaseFactQuerySet
from projects.models import Step, StepCriterion

if TYPE_CHECKING:
    from participants.scope.reading import CaseReading


class StepAssessmentQuerySet(CaseFactQuerySet):
    """Judgements of steps, and the facts that take one back."""

    def with_case(self) -> Self:
        """With the step too."""
        return super().with_case().select_related("step")

    def standing(self, public_id: UUID) -> Any:
        """The judgement with this address, also when it has been taken back; not the fact that did so."""
        return self.filter(public_id=public_id, corrects=None).first()

    def told_to(self, reading: "CaseReading") -> Iterator[Any]:
        """The judgements as a page may be given them: each with the answer to each criterion, in the order of the
        criteria, and with its texts, emptied of what the user may not read. One query more."""
        results = CriterionResult.objects.select_related("criterion", "why", "supervisor")
        rows: Any = self.prefetch_related(Prefetch("results", results.order_by("criterion__position")))
        for row in rows:
            row.mask(reading)
            yield row


class StepAssessment(Emptiable, Fact):
    """A judgement of one step on `concerns_on`: cleared since a day, not yet, or lost again."""

    default_category = Category.STEPS
    counted_as = "stegbedömning,stegbedömningar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "meeting": Disposal.CODE,
        "step": Disposal.CODE,
        "outcome": Disposal.CODE,
        "cleared_on": Disposal.DATE,
        "proposal": Disposal.CODE,
        "other_support": Disposal.CODE,
        "departure": Disposal.TEXT,
        "late_reason": Disposal.TEXT,
        "origin": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        290,
        "Bedömningar av steg",
        {
            "step": "Steg",
            "cleared_on": "Klarat",
            "proposal": "Programmets förslag",
            "other_support": "Annat stöd den månaden",
            "departure": "Varför bedömningen skiljer sig från förslaget",
            "late_reason": "Varför den är sen",
            "origin": "Kommer från",
        },
    )
    # Whether somebody also lives on support is told by those who may read of support.
    personal_categories: ClassVar[dict[str, Category]] = {"other_support": Category.SUPPORT}

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="step_assessments")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="step_assessments")
    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    cleared_on = models.DateField(null=True, blank=True)
    proposal = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    other_support = models.BooleanField("har annat stöd den månaden", null=True, blank=True)
    departure = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    late_reason = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=20, choices=Origin.choices, default=Origin.MEETING)
    # The judgement that this one writes anew, as when the day of its meeting was wrong: the order of writing is its.
    first = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects: ClassVar[StepAssessmentQuerySet] = StepAssessmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (models.Index(fields=["enrolment", "step"], name="assessment_of_step"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome=Outcome.CLEARED, cleared_on__isnull=False)
                | (~Q(outcome=Outcome.CLEARED) & Q(cleared_on__isnull=True)),
                name="assessment_cleared_has_day",
                violation_error_message="Ett klarat steg har en dag, andra bedömningar har ingen.",
            ),
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__lte=F("concerns_on")),
                name="assessment_cleared_not_after",
                violation_error_message="Steget kan inte vara klarat efter dagen för bedömningen.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.step}: {self.get_outcome_display()}"

    @property
    def root_id(self) -> int:
        """Key of the version that was written first."""
        return self.first_id or self.pk

    def mask(self, reading: "CaseReading") -> None:
        """Empty what the user may not read of the judgement, and of the answers that have been read with it. They can
        be shown afterwards, but not saved."""
        if self.owner_id != reading.organisation_id:
            for row in (self, *self.results.all()):
                mask(row, reading.granted)


class CriterionResult(Emptiable):
    """The answer to one criterion."""

    personal_category: ClassVar[Category] = Category.STEPS
    # A criterion that doesn't apply most often doesn't for health: the program itself says so of those sick-listed.
    personal_categories: ClassVar[dict[str, Category]] = {"why": Category.HEALTH}
    personal_data: ClassVar[dict[str, Disposal]] = {
        "assessment": Disposal.CODE,
        "criterion": Disposal.CODE,
        "outcome": Disposal.CODE,
        "why": Disposal.TEXT,
        "supervisor": Disposal.TEXT,
    }
    in_extract = InExtract(
        300,
        "Svar på kriterier",
        {"assessment": "Bedömning av", "criterion": "Kriterium", "outcome": "Svar", "supervisor": "Handledare"},
        others={"supervisor"},
    )

    assessment = models.ForeignKey(StepAssessment, models.PROTECT, related_name="results")
    criterion = models.ForeignKey(StepCriterion, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=CriterionOutcome.choices)
    why = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    supervisor = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["assessment", "criterion"], name="criterion_answered_once"),
            models.CheckConstraint(
                condition=~Q(outcome=CriterionOutcome.NOT_APPLICABLE) | Q(why__isnull=False),
                name="criterion_not_applicable_says_why",
                violation_error_message="Skriv varför kriteriet inte gäller.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_outcome_display()}"
