"""Facts that the forms which put a plan or a delmål right show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from actionplans.corrected_plans.actions import PLAN
from actionplans.corrected_plans.milestones import MILESTONE
from actionplans.models import MilestoneStatus, PlanRevision
from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.shared_facts import of_case, written


def revision_facts(revision: PlanRevision) -> Shared:
    """Everything that a revision of the plan says but its delmål, in its last version."""
    versions = PlanRevision.objects.filter(enrolment=revision.enrolment_id).versions_of(revision)
    rows = versions.select_related("main_activity", "schedule", "recorded_by", "why")

    def latest() -> PlanRevision:
        return cast(PlanRevision, rows.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {
            "main_activity": now.main_activity.text if now.main_activity else "",
            "schedule": now.schedule.text if now.schedule else "",
            "valid_on": now.concerns_on,
            "next_follow_up_on": now.next_follow_up_on,
            **said_taken_back(now, PLAN),
        }

    return Shared([of_case(revision.enrolment)], read, lambda: written(latest()))


def milestone_facts(status: MilestoneStatus) -> Shared:
    """Everything that is said of a delmål now."""
    rows = MilestoneStatus.objects.filter(milestone=status.milestone_id)
    rows = rows.select_related("text", "dropped_because", "recorded_by", "why")

    def latest() -> MilestoneStatus:
        return cast(MilestoneStatus, rows.current().first() or rows.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {
            "text": now.text.text,
            "due_on": now.due_on,
            "state": now.state,
            "dropped_because": now.dropped_because.text if now.dropped_because else "",
            "since": now.concerns_on,
            **said_taken_back(now, MILESTONE),
        }

    return Shared([of_case(status.enrolment)], read, lambda: written(latest()))
