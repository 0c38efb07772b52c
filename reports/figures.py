"""The figures of a project as of a day: put together once, read by page, report, PDF and command line alike."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from projects.models import Project
from reports import rowwise, statistics
from reports.datasets import (
    DeadlineRules,
    Population,
    Rules,
    beginnings,
    duration_tallies,
    step_tallies,
)
from reports.known_at import Past, past
from reports.tallies import CurvePoint, DeadlineResult, DurationTally, StepTally, Target, TargetResult
from reports.targets import TargetBook

SHORTEST_AXIS = 12


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The curve at the end of a month after enrolment; None is what isn't known or isn't shown.

    `at_risk` are followed that long and haven't cleared; `base` are all who were followed until then or had cleared.
    """

    month: int
    share: float | None
    low: float | None = None
    high: float | None = None
    at_risk: int | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class TargetFigures:
    """One target: its result, and the curve of time to the step. `result` is None where the group is too small.

    `points` is the whole curve; it is empty in the safe version, where only `months` may be shown.
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


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """Everything that is said about a project as of a day. None in place of a number: hidden, the group is small."""

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

    @property
    def counts_higher(self) -> bool:
        """Whether a higher step counts for all targets that aren't exclusive."""
        return all(row.target.counts_higher for row in self.rows if not row.target.exclusive)

    def safe(self) -> Self:
        """The version for those who may not see the persons: small groups hidden, curves by month alone."""
        is_shown = self.enrolled is not None and statistics.is_publishable(self.enrolled)
        return replace(
            self,
            is_safe=True,
            rows=tuple(_safe_row(row) for row in self.rows),
            combined=tuple(_safe_row(row) for row in self.combined),
            from_enrolment=_safe_deadline(self.from_enrolment),
            from_application=_safe_deadline(self.from_application),
            enrolled=self.enrolled if is_shown else None,
            exited=self.exited if is_shown else None,
            counted_only=None,
            without_day=None,
        )


def project_figures(population: Population, *, as_of: date, known_at: datetime | None = None) -> ProjectFigures:
    """All figures of a population as of a day, as known now or at a moment; six statements when known now."""
    project = population.project
    book = TargetBook.load(project, as_of, known_at)
    rules = Rules(as_of, book.targets, book.groups, tuple(project.beyond_control))
    deadline = DeadlineRules(as_of, project.assessment_days, project.plan_days)
    then = past(population, known_at) if known_at else Past(population, ())
    single, combined = _steps(then, rules)
    durations = _durations(then, rules)
    began = beginnings(then.unchanged, deadline, known_at=known_at)
    rowwise.add_beginnings(began, then.changed, deadline)
    targets = _in_order(single) or book.in_force
    axis = max([SHORTEST_AXIS, *(target.months for target in targets)])
    return ProjectFigures(
        project=project,
        as_of=as_of,
        known_at=known_at,
        is_whole=population.is_whole,
        is_safe=False,
        rows=tuple(_row(one, book, single.get(one, []), durations.get(one, []), axis) for one in targets),
        combined=tuple(_group_row(one, book, combined[one]) for one in _in_order(combined)),
        deadline=deadline,
        from_enrolment=statistics.deadline_adherence(began.from_enrolment),
        from_application=statistics.deadline_adherence(began.from_application),
        enrolled=began.enrolled,
        exited=began.exited,
        counted_only=began.counted_only,
        without_day=began.without_day,
    )


def _steps(then: Past, rules: Rules) -> tuple[dict[Target, list[StepTally]], dict[Target, list[StepTally]]]:
    single, combined = step_tallies(then.unchanged.clocks(), rules)
    for target, is_group, tally in rowwise.step_rows(then.changed, rules):
        (combined if is_group else single)[target].append(tally)
    return single, combined


def _durations(then: Past, rules: Rules) -> dict[Target, list[DurationTally]]:
    found = duration_tallies(then.unchanged.clocks(), rules)
    for target, tally in rowwise.duration_rows(then.changed, rules):
        found[target].append(tally)
    return found


def _in_order(tallies: dict[Target, list[StepTally]]) -> tuple[Target, ...]:
    return tuple(sorted(tallies, key=lambda target: (target.step, target.months, target.percent)))


def _row(
    target: Target,
    book: TargetBook,
    steps: Sequence[StepTally],
    durations: Sequence[DurationTally],
    axis: int,
) -> TargetFigures:
    points = statistics.kaplan_meier(durations)
    followed = statistics.followed_days(durations)
    return TargetFigures(
        target=target,
        slug=book.slug(target),
        name=book.name(target),
        curve_name=book.curve_name(target),
        curve_target=book.of_curve(target),
        result=statistics.cleared_in_time(steps, target),
        points=tuple(points),
        months=_months(points, durations, axis, followed),
        followed_days=followed,
        median_days=statistics.median_days(durations),
    )


def _group_row(target: Target, book: TargetBook, tallies: Sequence[StepTally]) -> TargetFigures:
    name, result = book.name(target), statistics.cleared_in_time(tallies, target)
    return TargetFigures(target, book.slug(target), name, name, target, result)


def _months(
    points: Sequence[CurvePoint], durations: Sequence[DurationTally], axis: int, followed: int | None
) -> tuple[MonthLine, ...]:
    """The curve month by month, with how many it still rests on."""
    days = [point.day for point in points]
    lines = []
    for month in statistics.by_month(points, axis, followed):
        place = bisect_right(days, month.day)
        point = points[place - 1] if place and month.share is not None else None
        at_risk = sum(tally.count for tally in durations if tally.days > month.day)
        base = sum(tally.count for tally in durations if tally.cleared or tally.days >= month.day)
        low, high = (point.low, point.high) if point else (None, None)
        lines.append(MonthLine(month.month, month.share, low, high, at_risk, base))
    return tuple(lines)


def _safe_row(row: TargetFigures) -> TargetFigures:
    """Without exact days and numbers at risk, and without a result that few people make."""
    enrolled = row.result.enrolled if row.result else 0
    due = row.result.due if row.result else 0
    shown = statistics.is_publishable(enrolled)
    return replace(
        row,
        result=row.result if statistics.is_publishable(due) else None,
        points=(),
        months=tuple(_safe_month(one) for one in row.months) if shown else (),
        followed_days=None,
        median_days=None,
    )


def _safe_month(line: MonthLine) -> MonthLine:
    """The share alone, and only while it rests on enough people."""
    return MonthLine(line.month, line.share if statistics.is_publishable(line.base or 0) else None)


def _safe_deadline(result: DeadlineResult | None) -> DeadlineResult | None:
    return result if result and statistics.is_publishable(result.due) else None
