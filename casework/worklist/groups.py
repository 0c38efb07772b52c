"""The work list: things to do in the user's cases, most urgent first, a line for each case and thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from casework.worklist.all_rules import RULES
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import LATE, SOON, Outlook, Task
from participants.models import Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet

# At most this many cases are read, and this many lines of each group shown. The list of participants has them all.
CASES_READ, LINES_SHOWN = 100, 25


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading. `more` is the number of tasks that aren't shown; `is_open` says that there may be yet
    others."""

    heading: str
    tasks: Sequence[Task]
    more: int
    is_open: bool
    is_late: bool = False

    @property
    def count(self) -> str:
        """The number of tasks in words, for the heading."""
        return f"fler än {len(self.tasks)}" if self.is_open else str(len(self.tasks) + self.more)


def work_list(cases: EnrolmentQuerySet, outlook: Outlook, rules: Sequence[WorkRule] = RULES) -> list[TaskGroup]:
    """The tasks in these open cases, in groups that aren't empty; none once the project has ended."""
    if outlook.project.has_ended(outlook.on):
        return []
    waiting = waiting_cases(cases, outlook, rules).due_first().with_person().with_responsible(on=outlook.on)
    read = list(waiting[: CASES_READ + 1])
    is_open = len(read) > CASES_READ
    tasks = _tasks(read[:CASES_READ], outlook, rules)
    late = [task for task in tasks if task.kind == LATE]
    soon = [task for task in tasks if task.kind == SOON]
    groups = [
        _group("Försenat", late, is_open, is_late=True),
        _group("Steg att bedöma", [task for task in soon if task.due_on < outlook.on], is_open),
        _group("I dag", [task for task in soon if task.due_on == outlook.on], is_open),
        _group("De närmaste två veckorna", [task for task in soon if task.due_on > outlook.on], is_open),
    ]
    return [group for group in groups if group.tasks]


def waiting_cases(cases: EnrolmentQuerySet, outlook: Outlook, rules: Sequence[WorkRule] = RULES) -> EnrolmentQuerySet:
    """Open cases in which some rule finds something to do by the horizon."""
    return cases.filter(exited_on__isnull=True).filter(reduce(or_, (rule.waits(outlook) for rule in rules)))


def _tasks(enrolments: Sequence[Enrolment], outlook: Outlook, rules: Sequence[WorkRule]) -> list[Task]:
    """The tasks by day; those of one day in the order of the cases, then of the rules."""
    place = {enrolment.pk: number for number, enrolment in enumerate(enrolments)}
    tasks = [task for rule in rules for task in rule.tasks(enrolments, outlook)]
    return sorted(tasks, key=lambda task: (task.due_on, place[task.enrolment.pk]))


def _group(heading: str, tasks: Sequence[Task], is_open: bool, *, is_late: bool = False) -> TaskGroup:
    shown = tasks[:LINES_SHOWN]
    more = len(tasks) - len(shown)
    return TaskGroup(heading, shown, more, is_open and more > 0, is_late)
