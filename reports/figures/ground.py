"""What all figures of a population are counted from: the project's rules, and tallies that are asked for once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, reduce
from operator import add
from typing import Self, TypeVar

from django.db.models import Case, Count, Min, Value, When

from reports.datasets import Beginnings, DeadlineRules, Population, Rules, beginnings, duration_tallies, step_tallies
from reports.datasets.steps import StepTallies
from reports.figures.past import as_known
from reports.figures.targets import TargetBook
from reports.statistics.curves import DurationTally
from reports.statistics.steps import Target

# The curves are drawn for at least a year, however short the targets' times are.
SHORTEST_AXIS = 12
T = TypeVar("T")


@dataclass(frozen=True)
class Ground:
    """A population as of a day, known at a moment (now, without one). Each kind of tallies is one statement a part.

    parts: the population, or where facts have changed since the moment, those unchanged and the others as they were.
    """

    known_at: datetime | None
    book: TargetBook
    rules: Rules
    deadline: DeadlineRules
    parts: tuple[Population, ...]

    @classmethod
    @contextmanager
    def laid(cls, population: Population, as_of: date, known_at: datetime | None) -> Iterator[Self]:
        """Read the project's rules, and keep the past at hand for as long as figures are counted from it.

        Two statements when known now.
        """
        project = population.project
        book = TargetBook.load(project, as_of, known_at)
        rules = Rules(as_of, book.targets, book.groups, tuple(project.beyond_control))
        deadline = DeadlineRules(as_of, project.assessment_days, project.plan_days)
        with as_known(population, known_at) as parts:
            yield cls(known_at, book, rules, deadline, parts)

    def on(self, day: date) -> Self:
        """The ground with the steps as of another day; the deadlines stay as of the first one."""
        return replace(self, rules=replace(self.rules, as_of=day))

    def by_quarter(self, ends: Sequence[date]) -> Self:
        """The ground with the tallies of steps told apart by quarter: of the due day, or of the day of clearing."""
        return replace(self, rules=replace(self.rules, quarters=tuple(ends)))

    @cached_property
    def steps(self) -> StepTallies:
        """Tallies by target, and by what each exclusive group is to reach together."""
        tallies = [step_tallies(part.clocks(), self.rules) for part in self.parts]
        return StepTallies(_together(part.single for part in tallies), _together(part.combined for part in tallies))

    @cached_property
    def durations(self) -> dict[Target, list[DurationTally]]:
        """Days to the steps, by target."""
        return _together(duration_tallies(part.clocks(), self.rules) for part in self.parts)

    @cached_property
    def beginnings(self) -> Beginnings:
        """Tallies of how enrolments began, and how many there are."""
        return reduce(add, (beginnings(part, self.deadline, known_at=self.known_at) for part in self.parts))

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets of those enrolled, in the order they are shown; those in force when nobody is enrolled yet."""
        return in_order(self.steps.single) or self.book.in_force

    @property
    def axis(self) -> int:
        """How many months the curves are drawn for."""
        return max([SHORTEST_AXIS, *(target.months for target in self.targets)])

    def first_enrolled_on(self) -> date | None:
        """The day of the first enrolment, None without any; one statement a part."""
        days = (part.enrolments.aggregate(first=Min("enrolled_on"))["first"] for part in self.parts)
        return min((day for day in days if day), default=None)

    def exits_by_quarter(self, ends: Sequence[date]) -> list[int]:
        """How many left in each of the quarters, the first one holding all before it too; one statement a part."""
        quarter = Case(*(When(exited_on__lte=end, then=Value(place)) for place, end in enumerate(ends)))
        counts: Counter[int] = Counter()
        for part in self.parts:
            left = part.enrolments.filter(exited_on__lte=ends[-1]).order_by().annotate(quarter=quarter)
            counts.update(dict(left.values_list("quarter").annotate(count=Count("pk"))))
        return [counts[place] for place in range(len(ends))]


def _together(parts: Iterable[Mapping[Target, list[T]]]) -> dict[Target, list[T]]:
    """The tallies of all parts; each counts other enrolments."""
    tallies: dict[Target, list[T]] = defaultdict(list)
    for part in parts:
        for target, own in part.items():
            tallies[target] += own
    return tallies


def in_order(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Targets as they are shown: by step, then by months."""
    return tuple(sorted(targets, key=lambda target: (target.step, target.months, target.percent)))
