"""The result targets as a chapter: shares with their bars, and the numbers behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.swedish.words import day, interval
from reports.charts import ResultBar, result_bar
from reports.figures.edition import Edition
from reports.figures.steps import StepFigures, TargetOutcome
from reports.statistics.proportions import Ratio, Status, TargetStanding, standing
from reports.statistics.steps import TargetResult
from reports.tables.chapter import Chapter
from reports.tables.sentences import (
    beyond_control,
    most,
    not_counted,
    small_base,
    unassessed,
    unshown,
    verdict,
)
from reports.tables.table import (
    CellContent,
    CountContent,
    FigureColumn,
    FigureTable,
    HiddenContent,
    PartContent,
    ShareContent,
    TextContent,
    VerdictContent,
    table,
)

VERDICTS = {
    Status.MET: ("Nått", "ok"),
    Status.NOT_MET: ("Inte nått", "late"),
    Status.TOO_EARLY: ("För tidigt", "quiet"),
}
# How sure the verdict is; with a small base that is said instead.
STANDINGS = {
    TargetStanding.HOLDS: "håller",
    TargetStanding.ON_THE_EDGE: "på gränsen",
    TargetStanding.BELOW: "under målet",
}
HIDDEN_VERDICT = VerdictContent("quiet", "Visas inte")
# The project has ended, and nobody's day came.
NEVER_TRIED = VerdictContent("quiet", "Inte prövat")
HEAD = "Steg och mål"


@dataclass(frozen=True, kw_only=True)
class StepsChapter(Chapter):
    """The chapter of result targets, with the numbers behind the shares where they may be shown.

    not_counted: that a row of several targets together isn't one more; empty where there is none.
    """

    not_counted: str
    behind: FigureTable | None
    beyond_control: str

    page_template: ClassVar[str] = "reports/chapters/steps.html"
    paper_template: ClassVar[str] = "reports/chapters/steps_paper.html"


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A row of one of the two tables."""

    row: TargetOutcome
    aim: str
    edition: Edition

    @property
    def slug(self) -> str:
        """How an address names the target."""
        return self.row.slug

    @property
    def name(self) -> str:
        """The step's name."""
        return self.row.name

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.row.result is None


@dataclass(frozen=True, slots=True)
class BarContent:
    """A target's share as a bar with its interval, and in small letters what the bar can't show."""

    bar: ResultBar
    small: str = ""
    template: ClassVar[str] = "reports/cells/bar.html"


def steps_chapter(figures: StepFigures, edition: Edition) -> StepsChapter:
    """Each target, and after them what each exclusive group reached together."""
    return StepsChapter(
        anchor="mal",
        heading="Resultatmål",
        paper_heading="Resultatmål",
        table=_results(figures, edition),
        sentences=verdict(figures.single, edition),
        not_counted=not_counted(figures.combined),
        behind=_behind(figures, edition) if figures.behind_is_shown else None,
        beyond_control=beyond_control(edition.project),
    )


def _results(figures: StepFigures, edition: Edition) -> FigureTable:
    lines = [ResultLine(row, _aim(row), edition) for row in figures.single]
    lines += [ResultLine(row, f"{_aim(row)}, målen ihop", edition) for row in figures.combined]
    return table(lines, _RESULT_COLUMNS, label=f"Resultatmål per {day(edition.as_of)}", look="result-table", head=HEAD)


def _aim(row: TargetOutcome) -> str:
    return f"{row.target.percent} % på {row.target.months} mån"


def _bar(line: ResultLine) -> CellContent:
    row, result = line.row, line.row.result
    if result is None:
        return HiddenContent(f"{small_base(line.edition).capitalize()}.")
    bar = result_bar(
        step=row.target.step,
        name=f"{row.name}, andel som klarat det i tid",
        share=result.share,
        low=result.interval.low if result.interval else None,
        high=result.interval.high if result.interval else None,
        target=row.target.percent / 100,
        most=most(result),
    )
    return BarContent(bar, unshown(result))


def _share(line: ResultLine) -> CellContent:
    result = line.row.result
    if result is None:
        return HiddenContent("dold")
    aim, ends = result.target.percent, result.interval
    sure = interval(ends.low, ends.high, aim=aim) if ends else ""
    return ShareContent(result.share, sure, unassessed(result), aim)


def _cleared(line: ResultLine) -> CellContent:
    result = line.row.result
    if result is None:
        return HiddenContent("dolt")
    return PartContent(result.cleared_in_time, "klarat", result.due, "tid-ute")


def _verdict(line: ResultLine) -> CellContent:
    result = line.row.result
    if result is None:
        return HIDDEN_VERDICT
    if result.status is Status.TOO_EARLY and line.edition.is_at_end:
        return NEVER_TRIED
    text, kind = VERDICTS[result.status]
    return VerdictContent(kind, text, "litet underlag" if result.small_base else _standing(result))


def _standing(result: TargetResult) -> str:
    found = standing(result.interval, result.target.percent)
    return STANDINGS[found] if found else ""


_RESULT_COLUMNS: Sequence[FigureColumn[ResultLine]] = (
    FigureColumn("Andel som klarat i tid", _bar, "wide"),
    FigureColumn("Andel", _share),
    FigureColumn("Antal", _cleared),
    FigureColumn("Målet nått?", _verdict, ""),
)


def _behind(figures: StepFigures, edition: Edition) -> FigureTable:
    """In the safe version steps that exclude each other stand as one."""
    rows = [row for row in figures.single if edition.shows_all or not row.target.exclusive]
    lines = [ResultLine(row, "", edition) for row in (*rows, *figures.combined)]
    label = f"Bakom andelarna per {day(edition.as_of)}"
    return table(lines, tuple(_behind_columns(edition)), label=label, look="behind-table", head=HEAD)


def _behind_columns(edition: Edition) -> Iterator[FigureColumn[ResultLine]]:
    """In the safe version without the columns that make others known by subtraction."""
    if edition.shows_all:
        yield _Count.column("Inskrivna", "enrolled", "inskrivna")
        yield _Count.column("Inte dags än", "not_yet_due", "inte-ute")
    yield _Count.column("Slutat i förtid", "left_before_due", "slutat")
    yield _Count.column("Inte bedömda", "not_assessed", "obedomda")
    yield _Count.column("Kvar på steget", "held", "kvar")
    if edition.project.beyond_control:
        yield FigureColumn("Justerad andel", _adjusted)


@dataclass(frozen=True, slots=True)
class _Count:
    """One of the result's numbers, by its name there and that of the list of its persons."""

    number: str
    which: str

    @classmethod
    def column(cls, title: str, number: str, which: str) -> FigureColumn[ResultLine]:
        return FigureColumn(title, cls(number, which))

    def __call__(self, line: ResultLine) -> CellContent:
        result = line.row.result
        return CountContent(getattr(result, self.number), self.which) if result else HiddenContent("dolt")


def _adjusted(line: ResultLine) -> CellContent:
    result: TargetResult | None = line.row.result
    ratio: Ratio | None = result.adjusted if result else None
    if ratio is None:
        return HiddenContent("dold")
    words, aim = f"{ratio.part} av {ratio.whole}", line.row.target.percent
    return ShareContent(ratio.share, words, aim=aim) if ratio.whole else TextContent("–")
