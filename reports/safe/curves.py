"""The curve in the safe version: by month, and a step only where at least five more have cleared.

Two curves can be subtracted, too. So each step of a new one is of at least five who cleared since the quarter of the
last one drawn. For it to say more than that one, it waits until as many have come again, or twenty. Until then the last
one stands, as of its own day.
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

# With so many new ones a curve says enough, however many there were before.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Drawing:
    """The place of the quarter at whose end a curve is drawn, and those who cleared since the one before it."""

    quarter: int
    came: tuple[DurationTally, ...]


def safe_curves(safe: SafeGround) -> tuple[TargetCurve, ...]:
    """Each as of the end of the quarter at which it was drawn last; without months where it never was."""
    grounds: dict[date, Ground] = {}
    return tuple(_safe_curve(safe, target, grounds) for target in safe.ground.targets)


def _safe_curve(safe: SafeGround, target: Target, grounds: dict[date, Ground]) -> TargetCurve:
    """`grounds`: those already counted from, by their day: several curves may have been drawn the same quarter."""
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
    """As the first release: by month alone, as long as ten are followed."""
    return tuple(_first_safe_curve(curve) for curve in curves)


def _first_safe_curve(curve: TargetCurve) -> TargetCurve:
    months = tuple(_first_safe_month(line) for line in curve.months) if is_publishable(curve.enrolled or 0) else ()
    return replace(curve, enrolled=None, points=(), months=months, followed_days=None, median_days=None)


def _first_safe_month(line: MonthLine) -> MonthLine:
    return MonthLine(line.month, line.share if is_publishable(line.base or 0) else None)


def no_curves(curves: tuple[TargetCurve, ...], others: tuple[TargetCurve, ...]) -> tuple[TargetCurve, ...]:
    """None: whoever knows some of the persons could take their steps away from those of all."""
    return ()


def latest_drawing(tallies: Sequence[DurationTally], quarters: int, axis: int) -> Drawing | None:
    """The latest of a target's curves, None before there is any.

    The tallies are as of the end of the last quarter, and say in which quarter each cleared the step.
    """
    latest, before = None, 0
    for quarter in range(quarters):
        came = tuple(_came(tallies, latest.quarter if latest else -1, quarter))
        count = sum(tally.count for tally in came)
        if count >= min(before, ENOUGH) and _steps(came, axis):
            latest, before = Drawing(quarter, came), before + count
    return latest


def safe_months(tallies: Sequence[DurationTally], drawing: Drawing, axis: int) -> tuple[MonthLine, ...]:
    """The curve month by month, as long as it rests on enough people; none where it has no step to show.

    The tallies are as of the day of the drawing. Between two steps the curve stays as it was.
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
    """The months by whose ends at least five more have come since the step before."""
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
    """Those who were followed until the day, or had cleared by then."""
    return sum(tally.count for tally in tallies if tally.cleared or tally.days >= day)
