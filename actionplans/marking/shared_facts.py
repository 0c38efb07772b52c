"""The state of a delmål that the page which marks it shows and replaces, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from actionplans.corrected_plans.milestones import MILESTONE
from actionplans.models import MilestoneStatus
from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.amending.shared_facts import said_taken_back
from participants.shared_facts import of_case, written


def state_now(status: MilestoneStatus) -> Shared:
    """The words and the state of a delmål, in words."""
    rows = MilestoneStatus.objects.filter(milestone=status.milestone_id)
    rows = rows.select_related("text", "recorded_by", "why")

    def latest() -> MilestoneStatus:
        return cast(MilestoneStatus, rows.current().first() or rows.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {
            "Delmål": now.text.text,
            "Läge": f"{now.get_state_display()} sedan {day(now.concerns_on)}",
            **said_taken_back(now, MILESTONE),
        }

    return Shared([of_case(status.enrolment)], read, lambda: written(latest()))
