"""The base classes of the work list's rules."""

from abc import ABC, abstractmethod
from datetime import date
from typing import ClassVar

from casework.words import near
from casework.worklist.reads import Line
from casework.worklist.task import LATE, SOON, Outlook, Task
from core.swedish.words import day_relative, late_by
from participants.enrolment.deadlines import Awaited, Deadline


class WorkRule(ABC):
    """One sort of thing that a case can wait for, said of cases that have been read. A rule has no state.

    `action` is the text of the link to the page `url_name`. Late is what has passed a deadline of the case, as in the
    list of participants; the day of a target is none.
    """

    action: ClassVar[str]
    url_name: ClassVar[str]
    is_deadline: ClassVar[bool] = True
    # Whether it is about cases that have ended, which stand under a heading of their own.
    is_after_exit: ClassVar[bool] = False

    @abstractmethod
    def due_on(self, line: Line, outlook: Outlook) -> date | None:
        """The day of what the case waits for of this sort by the horizon; None where it waits for nothing."""

    @abstractmethod
    def what(self, line: Line) -> str:
        """The thing to be done, in words."""

    @abstractmethod
    def detail(self, line: Line, due_on: date, outlook: Outlook) -> str:
        """The task's second line."""

    def query(self, line: Line) -> str:
        """The part that is added to the address of the page."""
        return ""

    def is_late(self, due_on: date, outlook: Outlook) -> bool:
        """Whether a deadline has passed."""
        return self.is_deadline and Deadline.has_passed(due_on, outlook.on)

    def when(self, due_on: date, outlook: Outlook) -> str:
        """How long it is until the day or since then: «om 5 dagar», or «4 dagar för sent»."""
        return late_by(due_on, outlook.on) if self.is_late(due_on, outlook) else day_relative(due_on, outlook.on)

    def task(self, line: Line, due_on: date, outlook: Outlook, apart: str = "") -> Task:
        """The thing as the list shows it. Where the user may not edit, it has no action and leads to the case."""
        is_late = self.is_late(due_on, outlook)
        case = outlook.address("enrolment_detail", line.public_id)
        url = outlook.address(self.url_name, line.public_id) + self.query(line) if outlook.may_edit else case
        return Task(
            name=line.name,
            apart=apart,
            person=line.person,
            case=case,
            what=self.what(line),
            detail=self.detail(line, due_on, outlook),
            due_on=due_on,
            kind=LATE if is_late else SOON,
            when=self.when(due_on, outlook),
            url=url,
            action=self.action if outlook.may_edit else "",
            responsible=line.responsible,
        )


class DeadlineRule(WorkRule):
    """A rule about one deadline of each case."""

    awaited: ClassVar[Awaited]

    def due_on(self, line: Line, outlook: Outlook) -> date | None:
        found = self._deadline(line)
        return found.due_on if found and found.due_on <= outlook.horizon else None

    def what(self, line: Line) -> str:
        return self.awaited.value

    def detail(self, line: Line, due_on: date, outlook: Outlook) -> str:
        """«14 dagar från ansökan, senast 2 dec», or «Senast 12 feb» of a day that runs since nothing."""
        found = self._deadline(line)
        if found is None or not found.within:
            return f"Senast {near(due_on, outlook.on)}"
        begins = f", börjar {near(found.begins_on, outlook.on)}" if found.begins_on else ""
        return f"{found.within}, senast {near(due_on, outlook.on)}{begins}"

    def _deadline(self, line: Line) -> Deadline | None:
        return next((deadline for deadline in line.deadlines if deadline.awaited == self.awaited), None)
