"""A case with a step to judge: its day is near or has passed, and nobody has judged it."""

from datetime import date

from casework.words import near
from casework.worklist.reads import Line
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import Outlook


class StepDayRule(WorkRule):
    """A case with a step whose day is near or has passed, as `reads` finds it. A target is no promise, so it isn't
    late."""

    action = "Bedöm"
    url_name = "meeting_create"
    is_deadline = False

    def due_on(self, line: Line, outlook: Outlook) -> date | None:
        return line.step.due_on if line.step else None

    def what(self, line: Line) -> str:
        return f"Bedöm steg {line.step.number}" if line.step else ""

    def detail(self, line: Line, due_on: date, outlook: Outlook) -> str:
        """«Målet var att klara steget senast 12 feb»."""
        verb = "Målet är" if due_on >= outlook.on else "Målet var"
        return f"{verb} att klara steget senast {near(due_on, outlook.on)}"

    def query(self, line: Line) -> str:
        return f"?steg={line.step.number}" if line.step else ""
