"""The safe version of a project's figures, put together: what it leaves out isn't there to be shown."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate
from typing import TypeVar

from django.db.models import Case, Count, Min, Value, When

from reports.datasets import Population
from reports.figures.project import Ground, ProjectFigures, TargetFigures, axis, in_order
from reports.safe.behind import headline, with_behind
from reports.safe.curves import latest_drawing, safe_months
from reports.safe.days import quarter_ends
from reports.statistics.curves import DurationTally
from reports.statistics.deadlines import DeadlineResult
from reports.statistics.proportions import is_publishable
from reports.statistics.steps import StepTally, Target, TargetResult, cleared_in_time

R = TypeVar("R", TargetResult, DeadlineResult)


def safe_figures(
    population: Population, *, as_of: date, known_at: datetime | None = None, released: Collection[str] = ()
) -> ProjectFigures:
    """What those who may not see the persons are shown of a population.

    `released`: the targets (as an address names them) that one report may show though their base is small.
    """
    ground = Ground.lay(population, as_of, known_at)
    ends = _quarters(ground)
    is_quarter = as_of in ends
    single, combined = ground.by_quarter(ends).steps()
    targets = in_order(single) or ground.book.in_force
    rows = Rows(ground, ends if is_quarter else (), released, last_target((*single, *combined)))
    curves = Curves(ground, ends, axis(targets))
    figures = ground.figures(
        (curves.add(rows.row(target, single.get(target, [])), target) for target in targets),
        (rows.row(target, combined[target]) for target in in_order(combined)),
        ground.beginnings(),
    )
    return replace(
        figures,
        is_safe=True,
        from_enrolment=_large_deadline(figures.from_enrolment, "inskrivning" in released),
        from_application=_large_deadline(figures.from_application, "ansokan" in released),
        counted_only=None,
        without_day=None,
        behind_is_shown=is_quarter,
    )


class Rows:
    """The result table's rows, and what stands behind them."""

    def __init__(
        self, ground: Ground, ends: Sequence[date], released: Collection[str], tells_left: Target | None
    ) -> None:
        self.book, self.ends, self.released, self.tells_left = ground.book, ends, released, tells_left
        self.exited = _exited(ground, ends) if ends else []

    def row(self, target: Target, tallies: Sequence[StepTally]) -> TargetFigures:
        """One target, without its curve."""
        name, slug = self.book.name(target), self.book.slug(target)
        result = self._result(cleared_in_time(tallies, target), tallies, slug)
        return TargetFigures(target, slug, name, self.book.curve_name(target), self.book.of_curve(target), result)

    def _result(self, result: TargetResult, tallies: Sequence[StepTally], slug: str) -> TargetResult | None:
        if not is_publishable(result.due):
            return headline(result) if result.due and slug in self.released else None
        # Steps that exclude each other overlap: what stands behind them is told of the group alone.
        if result.target.exclusive or not self.ends:
            return headline(result)
        tells_left = result.target == self.tells_left
        return with_behind(result, tallies, len(self.ends), self.exited, tells_left=tells_left)


def last_target(targets: Iterable[Target]) -> Target | None:
    """The one whose day comes last: all who left before the day of another left before that of this one, too."""
    told = [target for target in targets if not target.exclusive]
    return max(told, key=lambda target: (target.months, target.step, target.percent), default=None)


class Curves:
    """The curves, each as of the end of the quarter at which it was last drawn."""

    def __init__(self, ground: Ground, ends: Sequence[date], length: int) -> None:
        self.ends, self.length = ends, length
        self.ground = ground.on(ends[-1]).by_quarter(ends) if ends else None
        self.by_quarter = self.ground.durations() if self.ground else {}
        self.of_day: dict[date, dict[Target, list[DurationTally]]] = {}

    def add(self, row: TargetFigures, target: Target) -> TargetFigures:
        """The row with its curve."""
        drawing = latest_drawing(self.by_quarter.get(target, []), len(self.ends), self.length)
        if drawing is None:
            return row
        day = self.ends[drawing.quarter]
        return replace(row, months=safe_months(self._durations(day)[target], drawing, self.length), curve_as_of=day)

    def _durations(self, day: date) -> dict[Target, list[DurationTally]]:
        """Those as of the last end are there already."""
        if day == self.ends[-1] or self.ground is None:
            return self.by_quarter
        if day not in self.of_day:
            self.of_day[day] = self.ground.on(day).durations()
        return self.of_day[day]


def safe_deadline(result: DeadlineResult | None) -> DeadlineResult | None:
    """Both counts; those who left, those whose time isn't out and the median make others known by subtraction."""
    return result and replace(result, enrolled=None, left_before=None, not_yet_due=None, median_days=None)


def _large_deadline(result: DeadlineResult | None, is_released: bool) -> DeadlineResult | None:
    if result is None or not (is_publishable(result.due) or (is_released and result.due)):
        return None
    return safe_deadline(result)


def without_own(figures: ProjectFigures, others: ProjectFigures) -> ProjectFigures:
    """For somebody who knows the rest of the persons: only what may be shown of the others by themselves, too.

    A report that the first release adopted loses its numbers behind the shares and its curves here, too.
    """
    return replace(
        figures,
        rows=tuple(_beside(figures.rows, others.rows)),
        combined=tuple(_beside(figures.combined, others.combined)),
        from_enrolment=_if_enough(safe_deadline(figures.from_enrolment), others.from_enrolment),
        from_application=_if_enough(safe_deadline(figures.from_application), others.from_application),
        behind_is_shown=False,
        is_first_safe=False,
        is_beside_own=True,
    )


def _beside(rows: Iterable[TargetFigures], others: Iterable[TargetFigures]) -> Iterable[TargetFigures]:
    due = {row.target: row.result for row in others}
    for row in rows:
        result = row.result and _if_enough(headline(row.result), due.get(row.target))
        yield replace(row, result=result, points=(), months=(), followed_days=None, median_days=None, curve_as_of=None)


def _if_enough(result: R | None, others: R | None) -> R | None:
    base = others.due if others else 0
    return result if not base or is_publishable(base) else None


def _quarters(ground: Ground) -> list[date]:
    """The ends of the quarters from the first enrolment on; at least that of the as-of day, if it is one."""
    known = ground.then.unchanged.enrolments.aggregate(first=Min("enrolled_on"))["first"]
    days = [day for day in (known, *(case.enrolled_on for case in ground.then.changed)) if day]
    return quarter_ends(min([*days, ground.rules.as_of]), ground.rules.as_of)


def _exited(ground: Ground, ends: Sequence[date]) -> list[int]:
    """How many had left by each end."""
    quarter = Case(*(When(exited_on__lte=end, then=Value(place)) for place, end in enumerate(ends)))
    left = ground.then.unchanged.enrolments.filter(exited_on__lte=ends[-1]).order_by()
    counts = dict(left.annotate(quarter=quarter).values_list("quarter").annotate(count=Count("pk")))
    for case in ground.then.changed:
        if case.exited_on and case.exited_on <= ends[-1]:
            place = ground.by_quarter(ends).rules.quarter_of(case.exited_on)
            counts[place] = counts.get(place, 0) + 1
    return list(accumulate(counts.get(place, 0) for place in range(len(ends))))
