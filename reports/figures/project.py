"""The figures of a project as of a day: put together once, read by page, report, PDF and command line alike."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from projects.models import Project
from reports.datasets import (
    Beginnings,
    DeadlineRules,
    Population,
    Rules,
    beginnings,
    duration_tallies,
    step_tallies,
)
from reports.figures import rowwise
from reports.figures.past import Past, past
from reports.figures.targets import TargetBook
from reports.statistics.curves import CurvePoint, DurationTally, by_month, followed_days, kaplan_meier, median_days
from reports.statistics.deadlines import DeadlineResult, deadline_adherence
from reports.statistics.steps import StepTally, Target, TargetResult, cleared_in_time

SHORTEST_AXIS = 12


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The curve at the end of a month after enrolment; None is what isn't known or isn't shown.

    `at_risk` are followed that long and haven't cleared; `base` are all who were followed until then or had cleared.
    In the safe version `is_step` says that the curve rises here; between steps it stays as it was last shown.
    """

    month: int
    share: float | None
    low: float | None = None
    high: float | None = None
    at_risk: int | None = None
    base: int | None = None
    is_step: bool = True


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """One target: its result, and the curve of time to the step. `result` is None where the group is too small.

    `points` is the whole curve; it is empty in the safe version, where only `months` may be shown, as of their own day.
    """

    target: Target
    slug: str
    name: str
    curve_name: str
    curve_target: Target
    result: TargetResult | None
    points: tuple[CurvePoint, ...] = ()
    months: tuple[MonthLine, ...] = ()
    followed_days: int | None = None
    median_days: int | None = None
    curve_as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """Everything that is said about a project as of a day. None in place of a number: hidden, the group is small.

    Of the safe version: `behind_is_shown`, whether the numbers behind the shares have this day at all; `is_first_safe`,
    that it is the one of the first release; `is_beside_own`, that the reader knows some of the persons.
    """

    project: Project
    as_of: date
    known_at: datetime | None
    is_whole: bool
    is_safe: bool
    rows: tuple[TargetFigures, ...]
    combined: tuple[TargetFigures, ...]
    deadline: DeadlineRules
    from_enrolment: DeadlineResult | None
    from_application: DeadlineResult | None
    enrolled: int | None
    exited: int | None
    counted_only: int | None
    without_day: int | None
    behind_is_shown: bool = True
    is_first_safe: bool = False
    is_beside_own: bool = False

    @property
    def counts_higher(self) -> bool:
        """Whether a higher step counts for all targets that aren't exclusive."""
        return all(row.target.counts_higher for row in self.rows if not row.target.exclusive)

    @property
    def shows_all(self) -> bool:
        """Whether the tables have all their columns; the safe version has not those that others can be reckoned by."""
        return not self.is_safe or self.is_first_safe


@dataclass(frozen=True, slots=True)
class Ground:
    """What the figures of a population are counted from, as of a day and known at a moment (now, without one)."""

    population: Population
    known_at: datetime | None
    book: TargetBook
    rules: Rules
    deadline: DeadlineRules
    then: Past

    @classmethod
    def lay(cls, population: Population, as_of: date, known_at: datetime | None) -> Self:
        """The project's rules, and its enrolments as they were known."""
        project = population.project
        book = TargetBook.load(project, as_of, known_at)
        return cls(
            population=population,
            known_at=known_at,
            book=book,
            rules=Rules(as_of, book.targets, book.groups, tuple(project.beyond_control)),
            deadline=DeadlineRules(as_of, project.assessment_days, project.plan_days),
            then=past(population, known_at) if known_at else Past(population, ()),
        )

    def on(self, day: date) -> Self:
        """The same, with the steps as of another day."""
        return replace(self, rules=replace(self.rules, as_of=day))

    def by_quarter(self, ends: Sequence[date]) -> Self:
        """The same, with the steps told apart by the quarter of the day they were due."""
        return replace(self, rules=replace(self.rules, quarters=tuple(ends)))

    def steps(self) -> tuple[dict[Target, list[StepTally]], dict[Target, list[StepTally]]]:
        """Tallies by target, and by what each group is to reach together."""
        single, combined = step_tallies(self.then.unchanged.clocks(), self.rules)
        for target, is_group, tally in rowwise.step_rows(self.then.changed, self.rules):
            (combined if is_group else single)[target].append(tally)
        return single, combined

    def durations(self) -> dict[Target, list[DurationTally]]:
        """Days to the steps, by target."""
        found = duration_tallies(self.then.unchanged.clocks(), self.rules)
        for target, tally in rowwise.duration_rows(self.then.changed, self.rules):
            found[target].append(tally)
        return found

    def beginnings(self) -> Beginnings:
        """Deadlines and volumes."""
        began = beginnings(self.then.unchanged, self.deadline, known_at=self.known_at)
        rowwise.add_beginnings(began, self.then.changed, self.deadline)
        return began

    def figures(
        self, rows: Iterable[TargetFigures], combined: Iterable[TargetFigures], began: Beginnings
    ) -> ProjectFigures:
        """Put together with these rows."""
        return ProjectFigures(
            project=self.population.project,
            as_of=self.rules.as_of,
            known_at=self.known_at,
            is_whole=self.population.is_whole,
            is_safe=False,
            rows=tuple(rows),
            combined=tuple(combined),
            deadline=self.deadline,
            from_enrolment=deadline_adherence(began.from_enrolment),
            from_application=deadline_adherence(began.from_application),
            enrolled=began.enrolled,
            exited=began.exited,
            counted_only=began.counted_only,
            without_day=began.without_day,
        )


def project_figures(population: Population, *, as_of: date, known_at: datetime | None = None) -> ProjectFigures:
    """All figures of a population as of a day, as known now or at a moment; six statements when known now."""
    ground = Ground.lay(population, as_of, known_at)
    book = ground.book
    single, combined = ground.steps()
    durations = ground.durations()
    targets = in_order(single) or book.in_force
    length = axis(targets)
    return ground.figures(
        (_row(target, book, single.get(target, []), durations.get(target, []), length) for target in targets),
        (group_row(target, book, combined[target]) for target in in_order(combined)),
        ground.beginnings(),
    )


def in_order(tallies: Iterable[Target]) -> tuple[Target, ...]:
    """Targets as they are shown."""
    return tuple(sorted(tallies, key=lambda target: (target.step, target.months, target.percent)))


def axis(targets: Iterable[Target]) -> int:
    """How many months the curves are drawn for."""
    return max([SHORTEST_AXIS, *(target.months for target in targets)])


def _row(
    target: Target,
    book: TargetBook,
    steps: Sequence[StepTally],
    durations: Sequence[DurationTally],
    axis: int,
) -> TargetFigures:
    points = kaplan_meier(durations)
    followed = followed_days(durations)
    return TargetFigures(
        target=target,
        slug=book.slug(target),
        name=book.name(target),
        curve_name=book.curve_name(target),
        curve_target=book.of_curve(target),
        result=cleared_in_time(steps, target),
        points=tuple(points),
        months=_months(points, durations, axis, followed),
        followed_days=followed,
        median_days=median_days(durations),
    )


def group_row(target: Target, book: TargetBook, tallies: Sequence[StepTally]) -> TargetFigures:
    """What a group is to reach together; it has no curve of its own."""
    name, result = book.name(target), cleared_in_time(tallies, target)
    return TargetFigures(target, book.slug(target), name, name, target, result)


def _months(
    points: Sequence[CurvePoint], durations: Sequence[DurationTally], axis: int, followed: int | None
) -> tuple[MonthLine, ...]:
    """The curve month by month, with how many it still rests on."""
    days = [point.day for point in points]
    lines = []
    for month in by_month(points, axis, followed):
        place = bisect_right(days, month.day)
        point = points[place - 1] if place and month.share is not None else None
        at_risk = sum(tally.count for tally in durations if tally.days > month.day)
        base = sum(tally.count for tally in durations if tally.cleared or tally.days >= month.day)
        low, high = (point.low, point.high) if point else (None, None)
        lines.append(MonthLine(month.month, month.share, low, high, at_risk, base))
    return tuple(lines)
