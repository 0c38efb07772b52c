"""The curves of time to each step as a chapter: drawn, and month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.swedish.words import percent, plural
from reports.charts import CurveFigure, DrawnPoint, DrawnTarget, curve_figure
from reports.figures.curves import MonthLine, TargetCurve
from reports.figures.edition import Edition
from reports.figures.ground import SHORTEST_AXIS
from reports.statistics.curves import target_day
from reports.tables.chapter import Chapter


@dataclass(frozen=True, slots=True)
class CurveLine:
    """A curve with its table; `figure` is None when there is nothing to draw. in_words: how far it has come, «hälften
    klarar det på 68 dagar», «28 % efter 12 månader», «ingen än».

    as_of: the day it was drawn, where that isn't the page's.
    """

    title: str
    name: str
    figure: CurveFigure | None
    months: tuple[MonthLine, ...]
    median_days: int | None
    is_hidden: bool
    as_of: date | None
    in_words: str

    @property
    def steps(self) -> list[MonthLine]:
        """The months of its table: in the safe version those on which it rises."""
        return [line for line in self.months if line.is_step]


@dataclass(frozen=True, slots=True)
class MonthShares:
    """A row of the table of all curves: the share of each by the end of a month, 0-1."""

    month: int
    shares: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class CurvesChapter(Chapter):
    """All curves, and those with months together in a table of every third month."""

    curves: tuple[CurveLine, ...]
    months: tuple[MonthShares, ...]

    page_template: ClassVar[str] = "reports/chapters/curves.html"
    paper_template: ClassVar[str] = "reports/chapters/curves_paper.html"

    @property
    def shown_curves(self) -> list[CurveLine]:
        """The curves of that table."""
        return [curve for curve in self.curves if curve.months]


def curves_chapter(curves: Sequence[TargetCurve], edition: Edition) -> CurvesChapter | None:
    """None for somebody who knows some of the persons."""
    if edition.is_beside_own:
        return None
    axis = max([SHORTEST_AXIS, *(curve.target.months for curve in curves)])
    return CurvesChapter(
        anchor="kurvor",
        heading="Tid till stegen",
        paper_heading="Tid till stegen",
        curves=tuple(_line(curve, edition, axis) for curve in curves),
        months=tuple(_every_third([curve.months for curve in curves if curve.months], edition)),
    )


def _every_third(shown: Sequence[Sequence[MonthLine]], edition: Edition) -> list[MonthShares]:
    last = len(shown[0]) if shown else 0
    return [
        MonthShares(month, tuple(_share(line[month - 1], edition) for line in shown)) for month in range(3, last + 1, 3)
    ]


def _share(line: MonthLine, edition: Edition) -> float | None:
    """In the safe version nothing before the first step: «at least 0 %» says nothing."""
    return line.share if edition.shows_all else line.share or None


def _line(curve: TargetCurve, edition: Edition, axis: int) -> CurveLine:
    return CurveLine(
        title=f"Tid till {curve.name}",
        name=curve.name,
        figure=_drawing(curve, edition, axis),
        months=curve.months,
        median_days=curve.median_days,
        is_hidden=edition.is_safe and not curve.months,
        as_of=curve.as_of if curve.as_of != edition.as_of else None,
        in_words=_in_words(curve, edition),
    )


def _in_words(curve: TargetCurve, edition: Edition) -> str:
    if curve.median_days is not None:
        return f"hälften klarar det på {plural(curve.median_days, 'dag,dagar')}"
    last = next((line for line in reversed(curve.months) if line.share is not None), None)
    if last and last.share:
        return f"{percent(last.share, 0)} efter {plural(last.month, 'månad,månader')}"
    until = "vid slutet" if edition.is_at_end else "hittills"
    if curve.points:
        return f"{percent(curve.points[-1].share, 0)} {until}"
    return "ingen" if edition.is_at_end else "ingen än"


def _drawing(curve: TargetCurve, edition: Edition, axis: int) -> CurveFigure | None:
    last_day = curve.followed_days if curve.points or curve.followed_days else _last_month(curve)
    if not last_day:
        return None
    share = "Andel som klarat" if edition.shows_all else "Minst så stor andel har klarat"
    return curve_figure(
        _drawn(curve),
        name=f"{share} {curve.name}",
        followed_days=last_day,
        months=axis,
        target=DrawnTarget(curve.drawn_target.percent / 100, curve.drawn_target.months),
    )


def _drawn(curve: TargetCurve) -> list[DrawnPoint]:
    """The days on which the curve rises; in the safe version only the ends of months."""
    if not curve.points:
        rises = [(target_day(line.month), line.share) for line in curve.months if line.share and line.is_step]
        return [DrawnPoint(day, share, share, share) for day, share in rises]
    drawn, limits = [], (0.0, 1.0)
    for point in curve.points:
        # When all have cleared there are no limits: the lower one can't be less than it was.
        limits = (point.low, point.high) if point.low is not None and point.high is not None else (limits[0], 1.0)
        drawn.append(DrawnPoint(point.day, point.share, *limits))
    return drawn


def _last_month(curve: TargetCurve) -> int:
    """The end of the last month that anything is known about, in days."""
    return max((target_day(line.month) for line in curve.months if line.share is not None), default=0)
