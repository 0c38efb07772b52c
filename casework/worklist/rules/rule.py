"""The base classes of the work list's rules."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.db.models import Exists, Q

from casework.words import near
from casework.worklist.task import Outlook, Task, task_of
from participants.enrolment.deadlines import Awaited, Deadline, open_deadlines
from participants.models import Enrolment


class WorkRule(ABC):
    """One sort of thing that a case can wait for. A rule has no state."""

    @abstractmethod
    def waits(self, outlook: Outlook) -> Q | Exists:
        """Condition on an open case: it has something of this sort to do by the horizon."""

    @abstractmethod
    def tasks(self, enrolments: Sequence[Enrolment], outlook: Outlook) -> Iterable[Task]:
        """The tasks of this sort in these cases, in any order. At most one query, however many cases there are."""


class DeadlineRule(WorkRule):
    """A rule about one deadline of each case. `what` names the task; `action` is the text of the link to the page
    `url_name`."""

    awaited: ClassVar[Awaited]
    what: ClassVar[str]
    action: ClassVar[str]
    url_name: ClassVar[str]

    def tasks(self, enrolments: Sequence[Enrolment], outlook: Outlook) -> Iterable[Task]:
        for enrolment in enrolments:
            for deadline in open_deadlines(enrolment, outlook.project, on=outlook.on):
                if deadline.awaited == self.awaited and deadline.due_on <= outlook.horizon:
                    yield self._task(enrolment, deadline, outlook)

    def detail(self, enrolment: Enrolment, deadline: Deadline, outlook: Outlook) -> str:
        """The task's second line: «Senast 12 feb · inskriven 15 jan»."""
        begun = f"inskriven {near(enrolment.enrolled_on, outlook.on)}"
        return f"Senast {near(deadline.due_on, outlook.on)} · {begun}"

    def _task(self, enrolment: Enrolment, deadline: Deadline, outlook: Outlook) -> Task:
        return task_of(
            enrolment,
            outlook,
            what=self.what,
            detail=self.detail(enrolment, deadline, outlook),
            due_on=deadline.due_on,
            url_name=self.url_name,
            action=self.action,
        )
