"""Each deadline by itself, as a chapter and as plain rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from core.swedish.words import NOTHING, day, interval, plural
from reports.datasets import Awaits, Days, Since
from reports.figures.each_deadline import DeadlineBook, DeadlineRow
from reports.figures.edition import Edition
from reports.statistics.deadlines import DeadlineCounts
from reports.tables.chapter import Chapter
from reports.tables.deadlines import ALL
from reports.tables.table import (
    CellContent,
    FigureColumn,
    HiddenContent,
    PartContent,
    ShareContent,
    TextContent,
    table,
)

_NAMES = {
    Awaits.FIRST_MEETING: "Första personliga mötet",
    Awaits.ASSESSMENT: "Kartläggning",
    Awaits.PLAN: "Handlingsplan",
    Awaits.BOTH: "Kartläggning och plan",
    Awaits.PLACEMENT: "Första placeringen",
    Awaits.FOLLOW_UP: "Första uppföljningen",
}
_FROM = {
    Since.APPLICATION: "från ansökan eller anvisning",
    Since.ENROLMENT: "från inskrivning",
    Since.PLAN: "från planen",
}


@dataclass(frozen=True, slots=True)
class EachDeadlineLine:
    """A deadline as a row of the table; `aim` says within which days, and from when. `is_set`: whether the project has
    it at all."""

    slug: str
    name: str
    aim: str
    counts: DeadlineCounts | None
    is_set: bool = True

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to be shown."""
        return self.is_set and self.counts is None

    @classmethod
    def of(cls, row: DeadlineRow, days: Days) -> "EachDeadlineLine":
        """The row with its words."""
        slug, name = f"{row.awaits}-{row.since}", _NAMES[row.awaits]
        if not (limit := within(row.awaits, days)):
            return cls(slug, name, "ingen tidsgräns", row.counts, is_set=False)
        return cls(slug, name, f"{limit} {_FROM[row.since]}", row.counts)

    @property
    def in_words(self) -> str:
        """«Handlingsplan, inom 14 dagar från inskrivning»."""
        return f"{self.name}, {self.aim}"


def within(awaits: Awaits, days: Days) -> str:
    """«inom 14 dagar», «inom 5 arbetsdagar»; empty where the project has no such deadline."""
    number = {
        Awaits.FIRST_MEETING: days.first_meeting,
        Awaits.ASSESSMENT: days.assessment,
        Awaits.PLAN: days.plan,
        Awaits.BOTH: max(days.assessment, days.plan),
        Awaits.PLACEMENT: days.placement,
        Awaits.FOLLOW_UP: days.follow_up,
    }[awaits]
    if number is None:
        return ""
    return f"inom {plural(number, 'arbetsdag,arbetsdagar' if awaits == Awaits.PLACEMENT else 'dag,dagar')}"


def lines(book: DeadlineBook) -> list[EachDeadlineLine]:
    """All rows with their words."""
    return [EachDeadlineLine.of(row, book.days) for row in book.rows]


def each_chapter(book: DeadlineBook, edition: Edition) -> Chapter:
    """All rows but those of kartläggning and plan together, which have a chapter of their own."""
    shown = [EachDeadlineLine.of(row, book.days) for row in book.rows if row.awaits != Awaits.BOTH]
    label = f"Tidsgränserna en för en, per {day(edition.as_of)}"
    return Chapter(
        anchor="tidsgranser",
        heading="Tidsgränserna en för en",
        paper_heading="Tidsgränserna en för en",
        table=table(shown, tuple(_columns(edition)), label=label, look="deadline-table", head="Vad"),
        is_folded=True,
    )


def plain_rows(book: DeadlineBook) -> list[dict[str, Any]]:
    """The rows for other programs, with every number. Raises ValueError for the safe version."""
    return [_plain(row) for row in book.rows]


def _plain(row: DeadlineRow) -> dict[str, Any]:
    counts = row.counts
    if counts is None or counts.done_late is None:
        raise ValueError("the safe version is not for other programs")
    return {
        "deadline": row.awaits.value,
        "from": row.since.value,
        "due": counts.due,
        "in_time": counts.in_time,
        "done_late": counts.done_late,
        "not_done": counts.not_done,
        "not_yet_due": counts.not_yet_due,
        "left_before": counts.left_before,
        "median_days": counts.median_days,
    }


def _columns(edition: Edition) -> Iterator[FigureColumn[EachDeadlineLine]]:
    """In the safe version without the columns that make others known by subtraction."""
    yield FigureColumn("Andel", _shown(_share, "dold"))
    yield FigureColumn("Antal", _shown(lambda counts: PartContent(counts.in_time, "", counts.due), "dolt"))
    if edition.shows_all:
        yield _number("För sent", lambda counts: counts.done_late)
        yield _number("Inte gjort", lambda counts: counts.not_done)
        yield _number("Inte dags än", lambda counts: counts.not_yet_due)
        yield _number("Slutade före", lambda counts: counts.left_before)
        yield FigureColumn("Median", _shown(lambda counts: TextContent(median(counts)), "dold"))


def median(counts: DeadlineCounts) -> str:
    """«12 dagar»; a dash where fewer than half have it done."""
    return NOTHING if counts.median_days is None else plural(counts.median_days, "dag,dagar")


def _number(title: str, number: Callable[[DeadlineCounts], int | None]) -> FigureColumn[EachDeadlineLine]:
    return FigureColumn(title, _shown(lambda counts: TextContent(str(number(counts))), "dolt"))


def _shown(content: Callable[[DeadlineCounts], CellContent], hidden: str) -> Callable[[EachDeadlineLine], CellContent]:
    """The content of a row's counts, or the word that stands where they are hidden; a dash without a deadline."""

    def cell(line: EachDeadlineLine) -> CellContent:
        if not line.is_set:
            return TextContent(NOTHING)
        return content(line.counts) if line.counts else HiddenContent(hidden)

    return cell


def _share(counts: DeadlineCounts) -> CellContent:
    ends = counts.interval
    return ShareContent(counts.share, interval(ends.low, ends.high, aim=ALL) if ends else "", aim=ALL)
