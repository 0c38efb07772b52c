"""Kartläggning and plan in time as a chapter, against 100 %."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.swedish.words import NOTHING, day, interval, plural
from reports.figures.deadlines import DeadlineFigures
from reports.figures.edition import Edition
from reports.statistics.deadlines import DeadlineResult
from reports.statistics.proportions import Status, verdict
from reports.tables.chapter import Chapter
from reports.tables.sentences import deadline_words
from reports.tables.steps import HIDDEN_VERDICT, NEVER_TRIED, VERDICTS
from reports.tables.table import (
    CellContent,
    CountContent,
    FigureColumn,
    HiddenContent,
    PartContent,
    ShareContent,
    TextContent,
    VerdictContent,
    table,
)

# The per cent that are to have kartläggning and plan in time.
ALL = 100


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """One of the two rows."""

    slug: str
    name: str
    aim: str
    result: DeadlineResult | None

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.result is None


def deadlines_chapter(figures: DeadlineFigures, edition: Edition) -> Chapter:
    """Both rows, and how many are in no row."""
    within = deadline_words(figures.rules)
    lines = [
        DeadlineLine("ansokan", "Från anvisning eller ansökan", f"100 % {within}", figures.from_application),
        DeadlineLine("inskrivning", "Från inskrivning", f"100 % {within}", figures.from_enrolment),
    ]
    label = f"Kartläggning och handlingsplan {within}, per {day(edition.as_of)}"
    return Chapter(
        anchor="tider",
        heading=f"Kartläggning och plan {within}",
        paper_heading=f"Kartläggning och handlingsplan {within}",
        table=table(lines, tuple(_columns(edition)), label=label, look="deadline-table", head="Räknat"),
        notes=tuple(_notes(figures)),
    )


def _notes(figures: DeadlineFigures) -> Iterator[str]:
    if figures.without_day:
        yield (
            f"{plural(figures.without_day, 'inskrivning,inskrivningar')} från socialtjänsten, Arbetsförmedlingen eller "
            "Försäkringskassan saknar både ansökningsdag och anvisningsdag och finns inte i den första raden."
        )


def _columns(edition: Edition) -> Iterator[FigureColumn[DeadlineLine]]:
    """In the safe version without the columns that make others known by subtraction."""
    yield FigureColumn("Andel", _shown(_share, "dold"))
    yield FigureColumn("Antal", _shown(lambda result: PartContent(result.within, "i-tid", result.due), "dolt"))
    if edition.shows_all:
        yield _counts("För sent", lambda result: result.due - result.within, "sent")
        yield _counts("Inte dags än", lambda result: result.not_yet_due, "inte-ute")
        yield _counts("Slutade före", lambda result: result.left_before, "slutat")
        yield FigureColumn("Median", _shown(_median, "dold"))
    yield FigureColumn("Målet nått?", lambda line: _verdict(line, edition), "")


def _counts(title: str, number: Callable[[DeadlineResult], int | None], which: str) -> FigureColumn[DeadlineLine]:
    """A column of counts, each leading to the list `which` of its persons."""
    return FigureColumn(title, _shown(lambda result: CountContent(number(result), which), "dolt"))


def _shown(content: Callable[[DeadlineResult], CellContent], hidden: str) -> Callable[[DeadlineLine], CellContent]:
    """The content of a row's result, or the word that stands where it is hidden."""
    return lambda line: content(line.result) if line.result else HiddenContent(hidden)


def _share(result: DeadlineResult) -> CellContent:
    ends = result.interval
    return ShareContent(result.share, interval(ends.low, ends.high, aim=ALL) if ends else "", aim=ALL)


def _median(result: DeadlineResult) -> CellContent:
    return TextContent(NOTHING if result.median_days is None else plural(result.median_days, "dag,dagar"))


def _verdict(line: DeadlineLine, edition: Edition) -> CellContent:
    if line.result is None:
        return HIDDEN_VERDICT
    status = verdict(line.result.within, line.result.due, ALL)
    if status is Status.TOO_EARLY and edition.is_at_end:
        return NEVER_TRIED
    text, kind = VERDICTS[status]
    return VerdictContent(kind, text)
