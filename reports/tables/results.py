"""Figures as templates show them: a page and its PDF get the same lines, bars and curves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.charts import CurveFigure, DrawnPoint, DrawnTarget, ResultBar, curve_figure, result_bar
from reports.figures.project import SHORTEST_AXIS, MonthLine, ProjectFigures, TargetFigures
from reports.statistics.curves import target_day
from reports.statistics.deadlines import DeadlineResult
from reports.statistics.proportions import Status, verdict
from reports.statistics.steps import TargetResult
from reports.tables.sentences import beyond_control, deadline_words, verdict_sentence

_VERDICTS = {
    Status.MET: ("Nått", "ok"),
    Status.NOT_MET: ("Inte nått", "late"),
    Status.TOO_EARLY: ("För tidigt", "quiet"),
}
_HIDDEN = ("Visas inte", "quiet")


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A row of the result table. Without `result` the group is too small to be shown."""

    name: str
    aim: str
    slug: str
    result: TargetResult | None
    bar: ResultBar | None
    verdict: str
    kind: str
    is_group: bool
    is_exclusive: bool


@dataclass(frozen=True, slots=True)
class CurveLine:
    """A curve with its table; `figure` is None when there is nothing to draw."""

    title: str
    name: str
    figure: CurveFigure | None
    months: tuple[MonthLine, ...]
    median_days: int | None
    is_hidden: bool
    as_of: date | None

    @property
    def steps(self) -> list[MonthLine]:
        """The months of its table: in the safe version those on which it rises."""
        return [line for line in self.months if line.is_step]


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One of the two rows about kartläggning and plan in time."""

    name: str
    slug: str
    result: DeadlineResult | None

    @property
    def verdict(self) -> str:
        """Against 100 %."""
        return self._status[0]

    @property
    def kind(self) -> str:
        """The tag's look."""
        return self._status[1]

    @property
    def _status(self) -> tuple[str, str]:
        if not self.result:
            return _HIDDEN
        return _VERDICTS[verdict(self.result.within, self.result.due, 100)]

    @property
    def late(self) -> int:
        """Due and not done in time."""
        return self.result.due - self.result.within if self.result else 0


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything that the templates of figures read."""

    figures: ProjectFigures
    sentence: str
    lines: tuple[ResultLine, ...]
    curves: tuple[CurveLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    within: str
    beyond_control: str

    @property
    def rows(self) -> list[ResultLine | DeadlineLine]:
        """All rows that have a result."""
        return [*self.lines, *self.deadlines]

    @property
    def names(self) -> dict[str, str]:
        """What each row is called, by how an address names it."""
        return {line.slug: line.name for line in self.rows}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The rows that are hidden since too few are in them: how an address names them, and their names."""
        return [(line.slug, line.name) for line in self.rows if line.result is None]

    @property
    def behind(self) -> list[ResultLine]:
        """The lines of the table behind the shares: in the safe version steps that exclude each other stand as one."""
        return [line for line in self.lines if not (line.is_exclusive and not self.figures.shows_all)]

    @property
    def months(self) -> list[tuple[int, list[float | None]]]:
        """Every third month, and the share of each curve that is shown."""
        shown = [curve.months for curve in self.curves if curve.months]
        last = len(shown[0]) if shown else 0
        shares = [[self._share(line[month - 1]) for line in shown] for month in range(3, last + 1, 3)]
        return [(3 * place, row) for place, row in enumerate(shares, start=1)]

    def _share(self, line: MonthLine) -> float | None:
        """In the safe version nothing before the first step: «at least 0 %» says nothing."""
        return line.share if self.figures.shows_all else line.share or None

    @property
    def shown_curves(self) -> list[CurveLine]:
        """The curves of that table."""
        return [curve for curve in self.curves if curve.months]


def present(figures: ProjectFigures) -> FiguresPage:
    """Put words and drawings to the figures."""
    return FiguresPage(
        figures=figures,
        sentence=verdict_sentence(figures),
        lines=tuple(_result_lines(figures)),
        curves=tuple(_curve(row, figures) for row in figures.rows),
        deadlines=(
            DeadlineLine("Från anvisning eller ansökan", "ansokan", figures.from_application),
            DeadlineLine("Från inskrivning", "inskrivning", figures.from_enrolment),
        ),
        within=deadline_words(figures),
        beyond_control=beyond_control(figures.project),
    )


def _result_lines(figures: ProjectFigures) -> Iterator[ResultLine]:
    """Each target, and after the last of an exclusive group what the group reached together."""
    yield from (_line(row, is_group=False) for row in figures.rows)
    yield from (_line(row, is_group=True) for row in figures.combined)


def _line(row: TargetFigures, *, is_group: bool) -> ResultLine:
    said, kind = _VERDICTS[row.result.status] if row.result else _HIDDEN
    return ResultLine(
        name=row.name,
        aim=f"{row.target.percent} % på {row.target.months} mån",
        slug=row.slug,
        result=row.result,
        bar=_bar(row, row.result) if row.result else None,
        verdict=said,
        kind=kind,
        is_group=is_group,
        is_exclusive=row.target.exclusive,
    )


def _bar(row: TargetFigures, result: TargetResult) -> ResultBar:
    return result_bar(
        step=row.target.step,
        name=f"{row.name}, andel som klarat det i tid",
        share=result.share,
        low=result.interval.low if result.interval else None,
        high=result.interval.high if result.interval else None,
        target=row.target.percent / 100,
    )


def _curve(row: TargetFigures, figures: ProjectFigures) -> CurveLine:
    points = _drawn(row)
    months = max([SHORTEST_AXIS, *(one.target.months for one in figures.rows)])
    last_day = row.followed_days if row.points or row.followed_days else _last_month(row)
    drawing = (
        curve_figure(
            points,
            name=_curve_name(row, figures),
            followed_days=last_day,
            months=months,
            target=DrawnTarget(row.curve_target.percent / 100, row.curve_target.months),
        )
        if last_day
        else None
    )
    return CurveLine(
        title=f"Tid till {row.curve_name}",
        name=row.curve_name,
        figure=drawing,
        months=row.months,
        median_days=row.median_days,
        is_hidden=figures.is_safe and not row.months,
        as_of=row.curve_as_of if row.curve_as_of != figures.as_of else None,
    )


def _curve_name(row: TargetFigures, figures: ProjectFigures) -> str:
    said = "Andel som klarat" if figures.shows_all else "Minst så stor andel har klarat"
    return f"{said} {row.curve_name}"


def _drawn(row: TargetFigures) -> list[DrawnPoint]:
    """The days on which the curve rises; in the safe version only the ends of months."""
    if not row.points:
        known = [line for line in row.months if line.share and line.is_step]
        return [DrawnPoint(target_day(one.month), one.share, one.share, one.share) for one in known if one.share]
    drawn, limits = [], (0.0, 1.0)
    for point in row.points:
        # When all have cleared there are no limits: the lower one can't be less than it was.
        limits = (point.low, point.high) if point.low is not None and point.high is not None else (limits[0], 1.0)
        drawn.append(DrawnPoint(point.day, point.share, *limits))
    return drawn


def _last_month(row: TargetFigures) -> int:
    """The end of the last month that anything is known about."""
    return max((target_day(line.month) for line in row.months if line.share is not None), default=0)
