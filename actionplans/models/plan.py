"""Handlingsplan: a plan per enrolment, its revisions, its delmål with dated states."""

import uuid
from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actionplans.enums import MilestoneState
from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from participants.models import Enrolment
from participants.querysets.facts import AmendedFactQuerySet


class ActionPlan(models.Model):
    """The plan of an enrolment; what it says stands in its revisions."""

    personal_category: ClassVar[Category] = Category.PLAN
    personal_data: ClassVar[dict[str, Disposal]] = {"enrolment": Disposal.CODE}
    in_extract = InExtract(210, "Handlingsplaner")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="plan")

    def __str__(self) -> str:
        return f"Plan {str(self.public_id)[:8]}"

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("plan_detail", args=[self.enrolment.public_id])


class PlanRevisionQuerySet(AmendedFactQuerySet):
    """Revisions of plans, versions that have been replaced included."""

    def with_case(self) -> Self:
        """With its plan and its words, too."""
        return super().with_case().select_related("plan", "main_activity", "schedule")


class PlanRevision(AmendedFact):
    """A statement of the plan, from `concerns_on`. Complete when nothing that a plan must hold is missing.

    Revisions stand beside each other in the order of writing, which `number` counts: the last one is today's plan. What
    one says of delmål belongs to the version of it that was written first, maybe in another file.
    """

    default_category = Category.PLAN
    counted_as = "version av planen,versioner av planen"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "plan": Disposal.CODE,
        "number": Disposal.CODE,
        "main_activity": Disposal.TEXT,
        "schedule": Disposal.TEXT,
        "next_follow_up_on": Disposal.DATE,
        "is_complete": Disposal.CODE,
        "is_imported": Disposal.CODE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        220,
        "Handlingsplanens versioner",
        {
            "number": "Version",
            "main_activity": "Huvudsaklig aktivitet",
            "schedule": "Veckoschema",
            "next_follow_up_on": "Nästa uppföljning",
            "is_complete": "Komplett",
            **AMENDED,
        },
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="plan_revisions")
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    main_activity = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    schedule = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    next_follow_up_on = models.DateField(null=True, blank=True)
    is_complete = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)

    objects: ClassVar[PlanRevisionQuerySet] = PlanRevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "number"], condition=Q(superseded_at__isnull=True), name="plan_revision_number"
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="plan_revision_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"Handlingsplan {self.number}"

    def get_absolute_url(self) -> str:
        """The plan's page, opened at this revision."""
        return reverse("plan_detail", args=[self.enrolment.public_id]) + f"?plan={self.number}#plan-{self.number}"


class Milestone(models.Model):
    """A delmål; its wording, day and state stand in dated facts."""

    personal_category: ClassVar[Category] = Category.PLAN
    personal_data: ClassVar[dict[str, Disposal]] = {"plan": Disposal.CODE}
    in_extract = InExtract(230, "Delmål")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="milestones")

    def __str__(self) -> str:
        return f"Delmål {str(self.public_id)[:8]}"


class MilestoneStatusQuerySet(AmendedFactQuerySet):
    """States of delmål, those that have been replaced included. The versions of one are all states of its delmål."""

    def with_case(self) -> Self:
        """With the delmål and its words, too."""
        return super().with_case().select_related("milestone__plan", "text", "dropped_because")


def since_worded(versions: Sequence["MilestoneStatus"]) -> list["MilestoneStatus"]:
    """Of a delmål's versions, in the order of writing, those of the plan that the last one is of, with corrections, and
    of the plans before it for as long as they ended in the same words.

    What an earlier plan worded otherwise may be about somebody else than what stands now.
    """
    last_of = {row.revision_id: row for row in versions}
    plans = list(dict.fromkeys(row.revision_id for row in versions))
    earlier = reversed(plans[: plans.index(versions[-1].revision_id)])
    kept = {versions[-1].revision_id}
    for plan in earlier:
        if last_of[plan].text.text not in {row.text.text for row in versions if row.revision_id in kept}:
            break
        kept.add(plan)
    return [row for row in versions if row.revision_id in kept]


class MilestoneStatus(AmendedFact):
    """The text and the state of a delmål, from `concerns_on`, as a revision of the plan says.

    A new state in a later revision follows on the one before, and needs no reason.
    """

    default_category = Category.PLAN
    counted_as = "delmål"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "milestone": Disposal.CODE,
        "text": Disposal.TEXT,
        "due_on": Disposal.DATE,
        "state": Disposal.CODE,
        "dropped_because": Disposal.TEXT,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        240,
        "Delmålens lydelse och läge",
        {
            "milestone": "Delmål",
            "text": "Lydelse",
            "dropped_because": "Varför det är struket",
            **AMENDED,
        },
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="milestone_statuses")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="statuses")
    text = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=MilestoneState.choices, default=MilestoneState.PLANNED)
    dropped_because = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    # The first version of the revision of the plan that says this; None for what was written before that was kept.
    revision = models.ForeignKey(PlanRevision, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    objects: ClassVar[MilestoneStatusQuerySet] = MilestoneStatusQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(superseded_at__isnull=True), name="milestone_one_current_status"
            ),
        )

    def __str__(self) -> str:
        return f"Delmål {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("plan_detail", args=[self.enrolment.public_id])

    @property
    def earlier_words(self) -> str:
        """The words that an earlier plan had for the delmål; empty where none had others. One query."""
        rows = MilestoneStatus.objects.placed().filter(milestone=self.milestone_id).select_related("text")
        versions = list(rows.order_by("pk"))
        moved = since_worded(versions)
        others = [row.text.text for row in versions if row not in moved]
        return others[-1] if others else ""
