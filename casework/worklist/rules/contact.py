"""A case whose next contact is near."""

from django.db.models import Q

from casework.words import near
from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.enrolment.deadlines import Awaited, Deadline
from participants.models import Enrolment
from participants.querysets.enrolment import awaits_contact


class ContactRule(DeadlineRule):
    """A case with a last day for the next contact, which the plan and the latest meeting set."""

    awaited = Awaited.CONTACT
    what = "Uppföljning"
    action = "Nytt möte"
    url_name = "meeting_create"

    def waits(self, outlook: Outlook) -> Q:
        return awaits_contact(by=outlook.horizon)

    def detail(self, enrolment: Enrolment, deadline: Deadline, outlook: Outlook) -> str:
        """«Senast 12 feb», without the day of enrolment, which says nothing about a contact."""
        return f"Senast {near(deadline.due_on, outlook.on)}"
