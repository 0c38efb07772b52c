"""The base that all figures of a population are counted from: the project's rules, and tallies that are asked for
once."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Self

from django.db.models import Case, Count, Min, Value, When

from reports.datasets import (
    Beginnings,
    Days,
    DeadlineRules,
    GroupTallies,
    Population,
    Rules,
    beginnings,
    duration_tallies,
    group_tallies,
    step_tallies,
)
from reports.datasets.past_tables import PastTables
from reports.datasets.steps import StepTallies
from reports.figures.past import past_tables
from reports.figures.targets import TargetBook
from reports.statistics.curves import DurationTally
from reports.statistics.steps import Target

# The curves are drawn for at least a year, however short the targets' times are.
SHORTEST_AXIS = 12


@dataclass(frozen=True)
class Ground:
    """A population as of a day, known at a moment (now, without one). Each kind of tallies is one statement."""

    population: Population
    known_at: datetime | None
    book: TargetBook
    rules: Rules
    deadline: DeadlineRules
    then: PastTables | None

    @classmethod
    def lay(cls, population: Population, as_of: date, known_at: datetime | None) -> Self:
        """Read the project's rules, and its enrolments as they were known; two statements when known now."""
        project = population.project
        then = past_tables(project, known_at) if known_at else None
        book = TargetBook.load(project, as_of, known_at)
        return cls(
            population=population.of_now() if then else population,
            known_at=known_at,
            book=book,
            rules=Rules(as_of, book.targets, book.groups, tuple(project.beyond_control)),
            deadline=DeadlineRules.of(as_of, Days.of(project)),
            then=then,
        )

    def on(self, day: date) -> Self:
        """The ground with the steps as of another day; the deadlines stay as of the first one."""
        return replace(self, rules=replace(self.rules, as_of=day))

    def by_quarter(self, ends: Sequence[date]) -> Self:
        """The ground with the tallies of steps told apart by quarter: of the due day, or of the day of clearing."""
        return replace(self, rules=replace(self.rules, quarters=tuple(ends)))

    @cached_property
    def steps(self) -> StepTallies:
        """Tallies by target, and by what each exclusive group is to reach together."""
        with self._read():
            return step_tallies(self.population, self.rules)

    @cached_property
    def durations(self) -> dict[Target, list[DurationTally]]:
        """Days to the steps, by target."""
        with self._read():
            return duration_tallies(self.population, self.rules)

    @cached_property
    def beginnings(self) -> Beginnings:
        """Tallies of how enrolments began, and how many there are."""
        with self._read():
            return beginnings(self.population, self.deadline, known_at=self.known_at)

    @cached_property
    def groups(self) -> GroupTallies:
        """Tallies of the target groups at enrolment; two statements."""
        with self._read():
            return group_tallies(self.population, self.rules.as_of, known_at=self.known_at)

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of those enrolled, in the order they are shown; those in force when nobody is enrolled yet."""
        return in_order(self.steps.single) or self.book.in_force

    @property
    def axis(self) -> int:
        """How many months the curves are drawn for."""
        return max([SHORTEST_AXIS, *(target.months for target in self.targets)])

    def first_enrolled_on(self) -> date | None:
        """The day of the first enrolment, None without any; one statement."""
        with self._read():
            return self.population.enrolments.aggregate(first=Min("enrolled_on"))["first"]

    def exits_by_quarter(self, ends: Sequence[date]) -> list[int]:
        """How many left the project in each quarter, in the order of `ends`, which are the quarters' last days.

        The first number also counts everybody who left in an earlier quarter. One statement.
        """
        quarter = Case(*(When(exited_on__lte=end, then=Value(place)) for place, end in enumerate(ends)))
        left = self.population.enrolments.filter(exited_on__lte=ends[-1]).order_by()
        with self._read():
            counts = dict(left.annotate(quarter=quarter).values_list("quarter").annotate(count=Count("pk")))
        return [counts.get(place, 0) for place in range(len(ends))]

    def _read(self) -> AbstractContextManager[None]:
        """Answer the questions asked within it as they would have been answered at the moment.

        Querysets must be read before it ends.
        """
        return self.then.read() if self.then else nullcontext()


def in_order(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Targets as they are shown: by step, then by months."""
    return tuple(sorted(targets, key=lambda target: (target.step, target.months, target.percent)))
