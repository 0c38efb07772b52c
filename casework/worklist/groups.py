"""The work list: things to do in the user's cases, most urgent first, a line for each case and thing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from casework.worklist.all_rules import RULES
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import LATE, SOON, Outlook, Task
from core.swedish.words import in_letters, listed
from participants.assignment.responsible import read_responsible
from participants.models import Enrolment
from participants.models.participant import birth_year
from participants.querysets.enrolment import EnrolmentQuerySet

# At most this many cases are read, and this many lines of each group shown. The list of participants has them all.
CASES_READ, LINES_SHOWN = 100, 25


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks under one heading. `more` is the number of tasks that aren't shown; `is_open` says that there may be yet
    others; `said` is what is said of one and, after its number, of several: «en sak är sen,saker är sena»."""

    heading: str
    said: str
    tasks: Sequence[Task]
    more: int
    is_open: bool
    is_late: bool = False

    @property
    def count(self) -> str:
        """The number of tasks in words, for the heading."""
        return f"fler än {len(self.tasks)}" if self.is_open else str(len(self.tasks) + self.more)

    @property
    def in_words(self) -> str:
        """«fem saker är sena»."""
        single, _, many = self.said.partition(",")
        number = len(self.tasks) + self.more
        if number == 1 and not self.is_open:
            return single
        return f"{self.count if self.is_open else in_letters(number)} {many}"


def summary(groups: Sequence[TaskGroup]) -> str:
    """«Fem saker är sena och en gäller i dag.»: the whole list in a sentence; empty where nothing waits."""
    said = listed([group.in_words for group in groups], "och")
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def work_list(cases: EnrolmentQuerySet, outlook: Outlook, rules: Sequence[WorkRule] = RULES) -> list[TaskGroup]:
    """The tasks in these open cases, in groups that aren't empty; none once the project has ended."""
    if outlook.project.has_ended(outlook.on):
        return []
    waiting = waiting_cases(cases, outlook, rules).due_first().with_person()
    read = list(waiting[: CASES_READ + 1])
    read_responsible(read, on=outlook.on)
    is_open = len(read) > CASES_READ
    tasks = _told_apart(_tasks(read[:CASES_READ], outlook, rules))
    late = [task for task in tasks if task.kind == LATE]
    soon = [task for task in tasks if task.kind == SOON]
    to_judge = [task for task in soon if task.due_on < outlook.on]
    of_today = [task for task in soon if task.due_on == outlook.on]
    coming = [task for task in soon if task.due_on > outlook.on]
    groups = [
        _group("Försenat", "en sak är sen,saker är sena", late, is_open, is_late=True),
        _group("Steg att bedöma", "ett steg ska bedömas,steg ska bedömas", to_judge, is_open),
        _group("I dag", "en gäller i dag,gäller i dag", of_today, is_open),
        _group("De närmaste två veckorna", "en kommer inom två veckor,kommer inom två veckor", coming, is_open),
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


def _told_apart(tasks: Sequence[Task]) -> list[Task]:
    """The tasks, those of persons who share their name with another on the list with what tells them apart."""
    persons: dict[str, set[int]] = {}
    for task in tasks:
        persons.setdefault(_name_in(task), set()).add(task.enrolment.participant_id)
    return [
        replace(task, apart=birth_year(task.enrolment.participant.birth_date))
        if len(persons[_name_in(task)]) > 1
        else task
        for task in tasks
    ]


def _name_in(task: Task) -> str:
    """The name of the task's person; empty for somebody whose identity isn't stored."""
    person = task.enrolment.participant
    return person.identity.name if hasattr(person, "identity") else ""


def _group(heading: str, said: str, tasks: Sequence[Task], is_open: bool, *, is_late: bool = False) -> TaskGroup:
    shown = tasks[:LINES_SHOWN]
    more = len(tasks) - len(shown)
    return TaskGroup(heading, said, shown, more, is_open and more > 0, is_late)
