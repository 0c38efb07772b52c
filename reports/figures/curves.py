"""How long it takes to reach each step: the curves' figure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.figures.ground import Ground
from reports.statistics.counting import people
from reports.statistics.curves import CurvePoint, DurationTally, by_month, followed_days, kaplan_meier, median_days
from reports.statistics.steps import Target


@dataclass(frozen=True, slots=True)
class MonthLine:
    """The curve at the end of a month after enrolment; None is what isn't known or isn't shown.

    month: 1 and up.  share, low, high: 0-1.
    at_risk: how many are followed that long and haven't cleared.  base: those who were followed until then or had
    cleared.  is_step: in the safe version, that the curve rises here; between steps it stays as it was last shown.
    """

    month: int
    share: float | None
    low: float | None = None
    high: float | None = None
    at_risk: int | None = None
    base: int | None = None
    is_step: bool = True


@dataclass(frozen=True, slots=True)
class TargetCurve:
    """The curve of time to a target's step.

    slug: how an address names the target.  name: «steg 1».
    drawn_target: the target that is marked; of an exclusive group's lowest step the group's own.
    enrolled: how many the curve is of.  points: the whole curve; empty in the safe version, which has months alone.
    followed_days: the longest anyone was followed.  median_days: until half had cleared.  None: not known or not shown.
    as_of: the day it was drawn, where that may be another than the figures'.
    """

    target: Target
    slug: str
    name: str
    drawn_target: Target
    enrolled: int | None
    points: tuple[CurvePoint, ...] = ()
    months: tuple[MonthLine, ...] = ()
    followed_days: int | None = None
    median_days: int | None = None
    as_of: date | None = None


def curves(ground: Ground) -> tuple[TargetCurve, ...]:
    """The curve of each target, in the targets' order."""
    return tuple(_curve(ground, target, ground.durations.get(target, [])) for target in ground.targets)


def _curve(ground: Ground, target: Target, tallies: Sequence[DurationTally]) -> TargetCurve:
    points = kaplan_meier(tallies)
    return TargetCurve(
        target=target,
        slug=ground.book.slug(target),
        name=ground.book.curve_name(target),
        drawn_target=ground.book.of_curve(target),
        enrolled=people(tallies),
        points=tuple(points),
        months=tuple(_months(points, tallies, ground.axis)),
        followed_days=followed_days(tallies),
        median_days=median_days(tallies),
    )


def _months(points: Sequence[CurvePoint], tallies: Sequence[DurationTally], axis: int) -> Iterator[MonthLine]:
    """The curve month by month, with how many it still rests on."""
    days = [point.day for point in points]
    for month in by_month(points, axis, followed_days(tallies)):
        place = bisect_right(days, month.day)
        point = points[place - 1] if place and month.share is not None else None
        yield MonthLine(
            month=month.month,
            share=month.share,
            low=point.low if point else None,
            high=point.high if point else None,
            at_risk=people(tally for tally in tallies if tally.days > month.day),
            base=people(tally for tally in tallies if tally.cleared or tally.days >= month.day),
        )
