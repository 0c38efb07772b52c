"""A case whose plan nobody has followed up."""

from casework.worklist.rules.rule import DeadlineRule
from participants.enrolment.deadlines import Awaited


class FollowUpRule(DeadlineRule):
    """A case that needs its first follow-up within the project's number of days from the plan."""

    awaited = Awaited.FOLLOW_UP
    action = "Nytt möte"
    url_name = "meeting_create"
