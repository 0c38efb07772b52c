"""A case whose next contact is near."""

from casework.worklist.rules.rule import DeadlineRule
from participants.enrolment.deadlines import Awaited


class ContactRule(DeadlineRule):
    """A case with a last day for the next contact, which the plan and the latest meeting set."""

    awaited = Awaited.CONTACT
    action = "Nytt möte"
    url_name = "meeting_create"
