"""The first sheets of a report on paper: the words of the cover, the key figures, and the contents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.models import ReportSection
from reports.tables.page import FiguresPage
from reports.tables.sentences import met_of_judged
from reports.tables.table import FigureRow, ShareContent, VerdictContent

_KIND = "slutrapport "
# Texts before the figures; those from the third on come after them.
_TEXTS_FIRST = 2
# From when the days of kartläggning and plan run, by the name of the row.
_SINCE = {"inskrivning": "från inskrivningen", "ansokan": "från anvisning eller ansökan"}


@dataclass(frozen=True, slots=True)
class CoverTitle:
    """A title in two parts: «Slutrapport» in small letters, and the rest; `kind` is empty for another title."""

    kind: str
    name: str

    @classmethod
    def of(cls, title: str) -> "CoverTitle":
        """The parts of a report's title. They are the title when they are put together with a blank."""
        cut = len(_KIND) if title.lower().startswith(_KIND) and title[len(_KIND) :].strip() else 0
        return cls(title[:cut].strip(), title[cut:])

    @property
    def is_long(self) -> bool:
        """Whether the largest letters would fill the cover."""
        return len(self.name) > 48


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large number, a smaller one after it («av 5»), and what it is about."""

    number: str
    beside: str
    words: str


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A chapter: its place in the document, and its heading."""

    anchor: str
    heading: str


def key_figures(page: FiguresPage) -> list[KeyFigure]:
    """The three or four numbers that are asked for first; those that aren't shown are left out."""
    return list(_key_figures(page))


def _key_figures(page: FiguresPage) -> Iterator[KeyFigure]:
    volumes = page.volumes
    if volumes.enrolled is not None:
        yield KeyFigure(str(volumes.enrolled), "", "har skrivits in")
    met, judged = met_of_judged(page.steps.single)
    if judged:
        yield KeyFigure(str(met), f"av {judged}", "resultatmål är nådda")
    if in_time := list(_in_time(page)):
        (share, first), *rest = in_time
        words = [f"fick kartläggning och plan i tid {first}", *(f"{other} {since}" for other, since in rest)]
        yield KeyFigure(share, "", ", ".join(words))
    if volumes.exited is not None:
        yield KeyFigure(str(volumes.exited), "", "har avslutats")


def _in_time(page: FiguresPage) -> Iterator[tuple[str, str]]:
    """The shares who got kartläggning and plan in time, each with «från inskrivningen (inte nått)»; the hidden ones are
    left out."""
    rows = {row.slug: row for row in page.rows}
    for slug, since in _SINCE.items():
        if slug in rows and (share := _share(rows[slug])):
            yield share, f"{since} ({_verdict(rows[slug])})"


def _share(row: FigureRow) -> str:
    cells = [cell.content for cell in row.cells]
    return next((cell.text for cell in cells if isinstance(cell, ShareContent) and cell.share is not None), "")


def _verdict(row: FigureRow) -> str:
    """«inte nått», as the row's own table has it."""
    return next(cell.content.text for cell in row.cells if isinstance(cell.content, VerdictContent)).lower()


def contents(sections: Iterable[ReportSection], page: FiguresPage | None) -> list[ContentsLine]:
    """The chapters in the order of the document (templates/reports/documents/document.html)."""
    texts = [section for section in sections if section.text]
    figures = [ContentsLine(chapter.anchor, chapter.paper_heading) for chapter in page.chapters] if page else []
    return [
        *(_of_text(section) for section in texts if section.position <= _TEXTS_FIRST),
        *(figures or [ContentsLine("mal", "Resultatmål")]),
        *(_of_text(section) for section in texts if section.position > _TEXTS_FIRST),
        *([ContentsLine("sa-raknas", "Så räknas siffrorna")] if page else []),
    ]


def _of_text(section: ReportSection) -> ContentsLine:
    return ContentsLine(f"text-{section.position}", section.heading)
