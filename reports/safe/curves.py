"""The curve in the safe version: by month, and a step only where at least five more have cleared.

Half-years are told apart: of those who make a step at least five cleared since the half-year before, so that two
curves can't be subtracted either. Where the last day isn't the end of a half-year, the curve is of the one before.
"""

from bisect import bisect_right
from collections.abc import Sequence

from reports import statistics
from reports.figures import MonthLine
from reports.safe.series import SMALLEST_COUNT
from reports.tallies import DurationTally


def safe_months(
    now: Sequence[DurationTally], half_year_before: Sequence[DurationTally], axis: int
) -> tuple[MonthLine, ...]:
    """The curve's steps at the ends of months, as long as it rests on enough people; none if it has no step."""
    lines: list[MonthLine] = []
    share, counted = 0.0, 0
    for month in range(1, axis + 1):
        day = statistics.target_day(month)
        if not statistics.is_publishable(_followed(now, day)):
            lines.append(MonthLine(month, None, is_step=False))
            continue
        new = _cleared(now, day) - _cleared(half_year_before, day)
        is_step = new - counted >= SMALLEST_COUNT and _waiting(now, day) >= SMALLEST_COUNT
        if is_step:
            share, counted = _share(now, day), new
        lines.append(MonthLine(month, share, is_step=is_step))
    return tuple(lines) if counted else ()


def _share(tallies: Sequence[DurationTally], day: int) -> float:
    points = statistics.kaplan_meier(tallies)
    place = bisect_right([point.day for point in points], day)
    return points[place - 1].share if place else 0.0


def _cleared(tallies: Sequence[DurationTally], day: int) -> int:
    return sum(tally.count for tally in tallies if tally.cleared and tally.days <= day)


def _waiting(tallies: Sequence[DurationTally], day: int) -> int:
    return sum(tally.count for tally in tallies if tally.days > day)


def _followed(tallies: Sequence[DurationTally], day: int) -> int:
    """Those who were followed until the day, or had cleared by then."""
    return sum(tally.count for tally in tallies if tally.cleared or tally.days >= day)
