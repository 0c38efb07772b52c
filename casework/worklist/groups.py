"""The work list: things to do in the user's cases, most urgent first, a line for each case and thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casework.worklist.all_rules import RULES
from casework.worklist.reads import Cases, Line, waiting_in
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import Outlook, Task
from core.swedish.words import in_letters, listed
from participants.models.participant import birth_year

# At most this many cases with a deadline are read and as many with a step to judge, and this many lines of each group
# shown. The list of participants has them all.
CASES_READ, LINES_SHOWN = 100, 25
# A group that is longer than the second of these shows so many lines as the first says, and the rest folded.
LINES_OPEN, LINES_UNFOLDED = 12, 15


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
    def parts(self) -> list[Sequence[Task]]:
        """The tasks that lie open and, in a long group, those that are folded."""
        if len(self.tasks) <= LINES_UNFOLDED:
            return [self.tasks]
        return [self.tasks[:LINES_OPEN], self.tasks[LINES_OPEN:]]

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


def work_list(cases: Cases, outlook: Outlook, rules: Sequence[WorkRule] = RULES) -> list[TaskGroup]:
    """The tasks in these cases, in groups that aren't empty; none once the project has ended."""
    if outlook.project.has_ended(outlook.on):
        return []
    waiting, on = waiting_in(cases, outlook, CASES_READ), outlook.on
    things = _things(waiting.lines, outlook, rules)
    shown = _Shown(outlook, _persons_of_names(waiting.lines))
    late = [thing for thing in things if thing.rule.is_late(thing.due_on, outlook)]
    after = [thing for thing in things if thing.rule.is_after_exit]
    soon = [thing for thing in things if not (thing.rule.is_late(thing.due_on, outlook) or thing.rule.is_after_exit)]
    to_judge = [thing for thing in soon if thing.due_on < on]
    of_today = [thing for thing in soon if thing.due_on == on]
    coming = [thing for thing in soon if thing.due_on > on]
    of_both = waiting.more_deadlines or waiting.more_steps
    groups = [
        shown.group("Försenat", "en sak är sen,saker är sena", late, waiting.more_deadlines, is_late=True),
        shown.group("Steg att bedöma", "ett steg ska bedömas,steg ska bedömas", to_judge, waiting.more_steps),
        shown.group("Efter avslut", "en ska följas upp,ska följas upp", after, waiting.more_ended),
        shown.group("I dag", "en gäller i dag,gäller i dag", of_today, of_both),
        shown.group("De närmaste två veckorna", "en kommer inom två veckor,kommer inom två veckor", coming, of_both),
    ]
    return [group for group in groups if group.tasks]


class _Thing(NamedTuple):
    """Something that a case waits for, before it is put in words: only what is shown is."""

    due_on: date
    place: int
    rule: WorkRule
    line: Line


def _things(lines: Sequence[Line], outlook: Outlook, rules: Sequence[WorkRule]) -> list[_Thing]:
    """All that the cases wait for by day; things of one day in the order of the cases, then of the rules."""
    found = [
        _Thing(due_on, place, rule, line)
        for rule in rules
        for place, line in enumerate(lines)
        if (due_on := rule.due_on(line, outlook))
    ]
    return sorted(found, key=lambda thing: thing[:2])


def _persons_of_names(lines: Sequence[Line]) -> dict[str, set[UUID]]:
    persons: dict[str, set[UUID]] = {}
    for line in lines:
        persons.setdefault(line.name, set()).add(line.person)
    return persons


@dataclass(frozen=True, slots=True)
class _Shown:
    """Puts things in words. Persons who share their name with another on the list come with what tells them apart."""

    outlook: Outlook
    persons: dict[str, set[UUID]]

    def group(
        self, heading: str, said: str, things: Sequence[_Thing], is_open: bool, *, is_late: bool = False
    ) -> TaskGroup:
        """The things under one heading."""
        tasks = [self._task(thing) for thing in things[:LINES_SHOWN]]
        more = len(things) - len(tasks)
        return TaskGroup(heading, said, tasks, more, is_open and more > 0, is_late)

    def _task(self, thing: _Thing) -> Task:
        line = thing.line
        apart = birth_year(line.birth_date) if len(self.persons[line.name]) > 1 else ""
        return thing.rule.task(line, thing.due_on, self.outlook, apart)
