"""The curve in the safe version: drawn by month, and rising only where at least five more enrolments have cleared the
step.

Two curves from different quarters could be subtracted. So each rise of a new curve is of at least five enrolments that
cleared after the quarter of the curve drawn before. A new one is drawn only when as many have cleared as in the one
before, or twenty. Until then the old curve is shown, with its own day.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports.figures.curves import MonthLine, TargetCurve
from reports.figures.ground import Ground
from reports.safe.ground import SafeGround
from reports.safe.series import SMALLEST_COUNT
from reports.statistics.curves import DurationTally, kaplan_meier, target_day
from reports.statistics.proportions import is_publishable
from reports.statistics.steps import Target

# With this many new enrolments a new curve is drawn, however many the curve before it had.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Drawing:
    """A curve's quarter, counted from 0, and the enrolments that cleared the step since the curve before it."""

    quarter: int
    came: tuple[DurationTally, ...]


def safe_curves(safe: SafeGround) -> tuple[TargetCurve, ...]:
    """A curve for each target, as of the end of the quarter when it was drawn last; without months if it never was."""
    grounds: dict[date, Ground] = {}
    return tuple(_safe_curve(safe, target, grounds) for target in safe.ground.targets)


def _safe_curve(safe: SafeGround, target: Target, grounds: dict[date, Ground]) -> TargetCurve:
    """The curve of one target. `grounds` keeps the grounds counted so far, by day: several curves may be of one
    quarter."""
    book, axis = safe.ground.book, safe.ground.axis
    curve = TargetCurve(target, book.slug(target), book.curve_name(target), book.of_curve(target), enrolled=None)
    tallies = safe.last_quarter.durations.get(target, []) if safe.ends else []
    drawing = latest_drawing(tallies, len(safe.ends), axis)
    if drawing is None:
        return curve
    day = safe.ends[drawing.quarter]
    ground = safe.last_quarter if day == safe.ends[-1] else grounds.setdefault(day, safe.ground.on(day))
    return replace(curve, months=safe_months(ground.durations[target], drawing, axis), as_of=day)


def first_safe_curves(curves: tuple[TargetCurve, ...]) -> tuple[TargetCurve, ...]:
    """The curves as the first release showed them: by month, as long as ten enrolments are followed."""
    return tuple(_first_safe_curve(curve) for curve in curves)


def _first_safe_curve(curve: TargetCurve) -> TargetCurve:
    months = tuple(_first_safe_month(line) for line in curve.months) if is_publishable(curve.enrolled or 0) else ()
    return replace(curve, enrolled=None, points=(), months=months, followed_days=None, median_days=None)


def _first_safe_month(line: MonthLine) -> MonthLine:
    return MonthLine(line.month, line.share if is_publishable(line.base or 0) else None)


def no_curves(curves: tuple[TargetCurve, ...], others: tuple[TargetCurve, ...]) -> tuple[TargetCurve, ...]:
    """The curves without any months: a reader who knows some of the persons could subtract their steps."""
    return ()


def latest_drawing(tallies: Sequence[DurationTally], quarters: int, axis: int) -> Drawing | None:
    """The latest drawing of a target's curve; None before there is any.

    The tallies must be as of the end of the last quarter, and say in which quarter each enrolment cleared the step.
    """
    latest, before = None, 0
    for quarter in range(quarters):
        came = tuple(_came(tallies, latest.quarter if latest else -1, quarter))
        count = sum(tally.count for tally in came)
        if count >= min(before, ENOUGH) and _steps(came, axis):
            latest, before = Drawing(quarter, came), before + count
    return latest


def safe_months(tallies: Sequence[DurationTally], drawing: Drawing, axis: int) -> tuple[MonthLine, ...]:
    """The curve's months, as long as enough enrolments are followed; empty if the curve never rises.

    The tallies must be as of the day of the drawing. Between two rises the share stays unchanged.
    """
    points = kaplan_meier(tallies)
    days = [point.day for point in points]
    lines: list[MonthLine] = []
    share, rises = 0.0, set(_steps(drawing.came, axis))
    for month in range(1, axis + 1):
        day = target_day(month)
        is_known = is_publishable(_followed(tallies, day))
        is_step = is_known and month in rises and _waiting(tallies, day) >= SMALLEST_COUNT
        if is_step:
            share = points[bisect_right(days, day) - 1].share
        lines.append(MonthLine(month, share if is_known else None, is_step=is_step))
    return tuple(lines) if any(line.is_step for line in lines) else ()


def _came(tallies: Sequence[DurationTally], after: int, until: int) -> Iterator[DurationTally]:
    return (tally for tally in tallies if tally.cleared and after < tally.quarter <= until)


def _steps(came: Sequence[DurationTally], axis: int) -> list[int]:
    """The months by whose ends at least five more enrolments have cleared than at the rise before."""
    steps, counted = [], 0
    for month in range(1, axis + 1):
        count = sum(tally.count for tally in came if tally.days <= target_day(month))
        if count - counted >= SMALLEST_COUNT:
            steps.append(month)
            counted = count
    return steps


def _waiting(tallies: Sequence[DurationTally], day: int) -> int:
    return sum(tally.count for tally in tallies if tally.days > day)


def _followed(tallies: Sequence[DurationTally], day: int) -> int:
    """The number of enrolments that were followed for `day` days or longer, or have cleared the step."""
    return sum(tally.count for tally in tallies if tally.cleared or tally.days >= day)
