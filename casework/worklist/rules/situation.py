"""A case that has ended, and whose person is to be asked how it went on."""

from datetime import date

from casework.words import near
from casework.worklist.reads import Line
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import Outlook
from participants.enums import LivelihoodMoment


class SituationRule(WorkRule):
    """A case with a question at its exit, or three, six or twelve months after it, as `reads` finds it. It isn't late:
    from its day it waits until it is recorded, or the next one has come."""

    action = "Skriv in"
    url_name = "livelihood_create"
    is_deadline = False
    is_after_exit = True

    def due_on(self, line: Line, outlook: Outlook) -> date | None:
        return line.follow_up.due_on if line.follow_up else None

    def what(self, line: Line) -> str:
        """«Skriv in läget vid avslut», «Följ upp läget 3 månader efter avslut»."""
        if line.follow_up is None:
            return ""
        verb = "Skriv in" if line.follow_up.moment == LivelihoodMoment.EXIT else "Följ upp"
        return f"{verb} läget {line.follow_up.moment.in_sentence}"

    def detail(self, line: Line, due_on: date, outlook: Outlook) -> str:
        """«Avslutades 12 feb, skulle följas upp 12 maj»: how long ago the list says beside it is since that day."""
        if line.exited_on is None:
            return ""
        ended = f"Avslutades {near(line.exited_on, outlook.on)}"
        is_told = due_on in (line.exited_on, outlook.on)
        return ended if is_told else f"{ended}, skulle följas upp {near(due_on, outlook.on)}"

    def query(self, line: Line) -> str:
        return f"?lage={line.follow_up.moment}" if line.follow_up else ""
