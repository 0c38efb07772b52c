"""A part of the result page and of a report: what one figure says, under a heading of its own."""

from dataclasses import dataclass
from typing import ClassVar

from reports.tables.table import FigureTable


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A heading, a table, and sentences under it. A figure that shows more has a chapter with templates of its own.

    anchor: its place on the page.  notes: on the page alone.  sentences: the whole in words, the answer first;
    they head the page.  is_folded: on the page at its foot, opened by who wants it.
    """

    anchor: str
    heading: str
    paper_heading: str
    table: FigureTable | None = None
    notes: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    is_folded: bool = False

    page_template: ClassVar[str] = "reports/chapters/chapter.html"
    paper_template: ClassVar[str] = "reports/chapters/chapter_paper.html"
