"""A case without plan."""

from django.db.models import Q

from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.enrolment.deadlines import Awaited
from participants.querysets.enrolment import awaits_plan


class PlanRule(DeadlineRule):
    """A case that needs its plan within the project's number of days."""

    awaited = Awaited.PLAN
    what = "Handlingsplan"
    action = "Gör planen"
    url_name = "plan_edit"

    def waits(self, outlook: Outlook) -> Q:
        return awaits_plan(outlook.project, by=outlook.horizon)
