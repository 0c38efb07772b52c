"""A case without plan."""

from casework.worklist.rules.rule import DeadlineRule
from participants.enrolment.deadlines import Awaited


class PlanRule(DeadlineRule):
    """A case that needs its plan within the project's number of days."""

    awaited = Awaited.PLAN
    action = "Gör planen"
    url_name = "plan_edit"
