"""A case whose next contact is near."""

from datetime import date

from casework.words import near
from casework.worklist.reads import Line
from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.enrolment.deadlines import Awaited


class ContactRule(DeadlineRule):
    """A case with a last day for the next contact, which the plan and the latest meeting set."""

    awaited = Awaited.CONTACT
    action = "Nytt möte"
    url_name = "meeting_create"

    def detail(self, line: Line, due_on: date, outlook: Outlook) -> str:
        """«Senast 12 feb», without the day of enrolment, which says nothing about a contact."""
        return f"Senast {near(due_on, outlook.on)}"
