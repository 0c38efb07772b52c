"""Curves: time to a step as a rising step curve with its 95 % band."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from core.swedish.words import percent, plural
from reports.charts.frames import NARROW, SMALL, WIDE, Frame
from reports.charts.words import Place, place_at, width_of
from reports.statistics.curves import DAYS_PER_MONTH


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """A day on which the curve rises: the share from then on and its 95 % limits, all 0–1."""

    day: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DrawnTarget:
    """The target to draw in a curve: a share (0–1) within a number of months."""

    share: float
    months: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis and its text: `at` along the axis, `text_at` for the foot of the letters."""

    at: float
    text_at: float
    text: str


@dataclass(frozen=True, slots=True)
class TargetMark:
    """The target's point and where its words stand."""

    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class EndLabel:
    """The share at the right end of the curve, written beside it."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class CurveChart:
    """A rising step curve with its band, in one size."""

    frame: Frame
    line: str
    band: str
    shares: tuple[Tick, ...]
    months: tuple[Tick, ...]
    target: TargetMark | None
    end: EndLabel | None
    description: str


@dataclass(frozen=True)
class CurveFigure:
    """A curve, drawn in the sizes that are asked for: for a wide place (and for paper), for a narrow one, and small,
    beside others on the same scale."""

    points: Sequence[DrawnPoint]
    end_day: float
    months: int
    target: DrawnTarget | None
    words: str

    @cached_property
    def wide(self) -> CurveChart:
        """For a wide place."""
        return self._drawn(WIDE)

    @cached_property
    def narrow(self) -> CurveChart:
        """For a narrow place."""
        return self._drawn(NARROW)

    @cached_property
    def small(self) -> CurveChart:
        """For a place among others: 100 % is the top of each."""
        return self._drawn(SMALL)

    def _drawn(self, frame: Frame) -> CurveChart:
        return _curve_chart(frame, self)


def curve_figure(
    points: Sequence[DrawnPoint], *, name: str, followed_days: int, months: int = 12, target: DrawnTarget | None = None
) -> CurveFigure:
    """Time to a step as a rising curve: `points` by day, drawn to the last day anyone was followed, `months` at most.

    `name` begins the text alternative, as "Andel som klarat steg 1".
    """
    shown = _until(points, months)
    end_day = min(float(followed_days), months * DAYS_PER_MONTH)
    return CurveFigure(shown, end_day, months, target, _curve_words(name, shown, months, end_day, target))


def share_at(points: Sequence[DrawnPoint], day: float) -> float:
    """The share reached on a day: that of the latest point not after it."""
    return next((point.share for point in reversed(points) if point.day <= day), 0.0)


def _curve_chart(frame: Frame, figure: CurveFigure) -> CurveChart:
    points, target, months = figure.points, figure.target, figure.months
    is_small = frame is SMALL
    last_day, highest = months * DAYS_PER_MONTH, 1.0 if is_small else _highest(points, target)
    upper, lower, line = (
        _stairs(frame, [(point.day, getattr(point, part)) for point in points], figure.end_day, last_day, highest)
        for part in ("high", "low", "share")
    )
    end = _end_label(frame, points, figure.end_day, last_day, highest)
    return CurveChart(
        frame=frame,
        line=_path(line),
        band=_path([*upper, *reversed(lower)]) + "Z" if points else "",
        shares=_share_ticks(frame, highest, 2 if is_small else 4 if highest == 1 else 5),
        months=_month_ticks(frame, months, months // 2 if is_small else 3 if months <= 18 else 6),
        target=_target_mark(frame, target, last_day, highest, points, line, end) if target else None,
        end=end,
        description=figure.words,
    )


def _stairs(
    frame: Frame, values: Sequence[tuple[int, float]], end_day: float, last_day: float, highest: float
) -> list[tuple[float, float]]:
    """Corner by corner: level until the day, then straight up."""
    steps = [(0.0, 0.0), *values]
    corners = [(frame.x(0, last_day), frame.baseline)]
    for (_, before), (day, after) in pairwise(steps):
        x = frame.x(day, last_day)
        corners += [(x, frame.y(before, highest)), (x, frame.y(after, highest))]
    return [*corners, (frame.x(end_day, last_day), frame.y(steps[-1][1], highest))]


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in corners)


def _share_ticks(frame: Frame, highest: float, count: int) -> tuple[Tick, ...]:
    shares = [highest * place / count for place in range(count + 1)]
    return tuple(Tick(y := frame.y(share, highest), y + 5, percent(share, 0)) for share in shares)


def _month_ticks(frame: Frame, months: int, every: int) -> tuple[Tick, ...]:
    return tuple(
        Tick(x := frame.x(month, months), x, f"{month} mån" if month + every > months else str(month))
        for month in range(0, months + 1, every)
    )


def _target_mark(
    frame: Frame,
    target: DrawnTarget,
    last_day: float,
    highest: float,
    points: Sequence[DrawnPoint],
    line: Sequence[tuple[float, float]],
    end: EndLabel | None,
) -> TargetMark:
    """The words stand at the point, above the curve where the target is. Never outside the drawing."""
    day = round(target.months * DAYS_PER_MONTH)
    point = frame.x(day, last_day), frame.y(target.share, highest)
    words = f"mål {percent(target.share, 0)} på {target.months} mån"
    others = [Place(end.x, end.y, width_of(end.text, frame.letters), frame.letters)] if end else []
    is_above = target.share >= share_at(points, day)
    place = place_at(point, words, frame, above=is_above, line=line, others=others)
    x, foot = _round(place.x), _round(place.foot)
    return TargetMark(x=point[0], y=point[1], text_x=x, text_y=foot, anchor=place.anchor, text=words)


def _end_label(
    frame: Frame, points: Sequence[DrawnPoint], end_day: float, last_day: float, highest: float
) -> EndLabel | None:
    if not points:
        return None
    share = points[-1].share
    return EndLabel(
        _round(frame.x(end_day, last_day) + 7), _round(frame.y(share, highest) + frame.letters / 3), percent(share, 0)
    )


def _highest(points: Sequence[DrawnPoint], target: DrawnTarget | None) -> float:
    """The top of the axis: 25, 50 or 100 %, so that small shares can be told apart."""
    most = max([point.high for point in points] + ([target.share] if target else []), default=1.0)
    return next(top for top in (0.25, 0.5, 1.0) if most <= top * 0.96 or top == 1.0)


def _until(points: Sequence[DrawnPoint], months: int) -> list[DrawnPoint]:
    return [point for point in points if point.day <= months * DAYS_PER_MONTH]


def _curve_words(
    name: str, points: Sequence[DrawnPoint], months: int, end_day: float, target: DrawnTarget | None
) -> str:
    """The curve in a sentence: the share each third month, as long as anyone was followed."""
    stops = [month for month in range(3, months + 1, 3) if month * DAYS_PER_MONTH <= end_day + 1]
    values = ", ".join(
        f"{percent(share_at(points, month * DAYS_PER_MONTH), 0)} efter {plural(month, 'månad,månader')}"
        for month in stops
    )
    aim = f" Målet är {percent(target.share, 0)} på {plural(target.months, 'månad,månader')}." if target else ""
    return f"{name}: {values or 'för kort tid än så länge'}.{aim}"


def _round(value: float) -> float:
    return round(value, 1)
