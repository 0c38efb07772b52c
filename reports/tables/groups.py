"""Target groups, as a chapter."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.swedish.words import NOTHING, day, plural
from reports.figures.edition import Edition
from reports.figures.volumes import GroupBook, GroupShare
from reports.tables.chapter import Chapter
from reports.tables.table import FigureColumn, PartContent, ShareContent, TextContent, table


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A target group as a row of the table."""

    group: GroupShare
    said: int
    is_hidden: bool = False

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.group.slug

    @property
    def name(self) -> str:
        """The name that the project gives it."""
        return self.group.name

    @property
    def aim(self) -> str:
        """Empty: the wished share has a column of its own."""
        return ""

    @property
    def share(self) -> float | None:
        """The share of those of whom it is said (0-1); None where it is said of nobody."""
        return self.group.count / self.said if self.said else None


def groups_chapter(book: GroupBook, edition: Edition) -> Chapter | None:
    """None where it is said of nobody which groups they belong to."""
    if not book.rows or not book.said:
        return None
    lines = [GroupLine(row, book.said) for row in book.rows]
    notes = ["En deltagare kan höra till flera målgrupper, eller till ingen. Det som gäller vid inskrivningen räknas."]
    if book.unsaid:
        notes.append(f"För {plural(book.unsaid, 'deltagare')} står det inte, och de räknas inte med.")
    return Chapter(
        anchor="malgrupper",
        heading="Målgrupper",
        paper_heading="Målgrupper",
        table=table(
            lines,
            tuple(_columns(book)),
            label=f"Målgrupper, per {day(edition.as_of)}",
            look="group-table",
            head="Målgrupp",
        ),
        notes=tuple(notes),
        is_folded=True,
    )


def _columns(book: GroupBook) -> Iterator[FigureColumn[GroupLine]]:
    yield FigureColumn("Andel", lambda line: ShareContent(line.share, aim=line.group.wished))
    yield FigureColumn("Antal", lambda line: PartContent(line.group.count, "", line.said))
    if any(row.wished for row in book.rows):
        yield FigureColumn("Önskad", lambda line: TextContent(_percent(line.group.wished)))


def _percent(wished: int | None) -> str:
    return f"{wished} %" if wished else NOTHING
