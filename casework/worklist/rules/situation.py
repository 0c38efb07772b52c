"""A case that has ended, and whose person is to be asked how it went on."""

from datetime import date

from casework.words import near
from casework.worklist.reads import Line
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import Outlook
from core.swedish.words import plural


class SituationRule(WorkRule):
    """A case with a follow-up three, six or twelve months after its exit, as `reads` finds it. It isn't late: from its
    day it waits until it is recorded, or the next one has come."""

    action = "Skriv in"
    url_name = "livelihood_create"
    is_deadline = False
    is_after_exit = True

    def due_on(self, line: Line, outlook: Outlook) -> date | None:
        return line.follow_up.due_on if line.follow_up else None

    def what(self, line: Line) -> str:
        """«Följ upp läget 3 månader efter avslut»."""
        return f"Följ upp läget {line.follow_up.moment.in_sentence}" if line.follow_up else ""

    def detail(self, line: Line, due_on: date, outlook: Outlook) -> str:
        """«Avslutades 12 feb»."""
        return f"Avslutades {near(line.exited_on, outlook.on)}" if line.exited_on else ""

    def query(self, line: Line) -> str:
        return f"?lage={line.follow_up.moment}" if line.follow_up else ""

    def when(self, due_on: date, outlook: Outlook) -> str:
        """«sedan 4 dagar»."""
        days = (outlook.on - due_on).days
        return f"sedan {plural(days, 'dag,dagar')}" if days else "i dag"
