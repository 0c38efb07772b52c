"""A table of figures for page and paper: a list of columns, each of which knows what it says of a row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from core.swedish.words import percent


class CellContent(Protocol):
    """The content of a cell, and the template that draws it."""

    @property
    def template(self) -> str: ...


class RowSource(Protocol):
    """The source of a row: its name in addresses, its name, its target, and whether it is hidden."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aim(self) -> str: ...
    @property
    def is_hidden(self) -> bool: ...


S = TypeVar("S", bound=RowSource)


@dataclass(frozen=True, slots=True)
class FigureColumn(Generic[S]):
    """A heading, and what stands under it. kind: «num» for numbers, «wide» for a drawing that needs no label."""

    title: str
    content: Callable[[S], CellContent]
    kind: str = "num"


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A column's content in one row. Why it is hidden, where it is, stands here for the table to say: a template of its
    own for that word cost most of a table of hidden rows."""

    title: str
    kind: str
    content: CellContent

    @property
    def hidden(self) -> str:
        """Why there is nothing to see; empty where there is something."""
        return self.content.text if isinstance(self.content, HiddenContent) else ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row with its heading: the name, and in small letters the aim."""

    slug: str
    name: str
    aim: str
    is_hidden: bool
    cells: tuple[FigureCell, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """label: what it is, for readers who hear it.  look: its class.  head: the heading of the rows' names."""

    label: str
    look: str
    head: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]


def table(rows: Iterable[S], columns: Sequence[FigureColumn[S]], *, label: str, look: str, head: str) -> FigureTable:
    """Put the columns' contents into rows."""
    return FigureTable(label, look, head, tuple(columns), tuple(_row(source, columns) for source in rows))


def _row(source: S, columns: Sequence[FigureColumn[S]]) -> FigureRow:
    cells = tuple(FigureCell(column.title, column.kind, column.content(source)) for column in columns)
    return FigureRow(source.slug, source.name, source.aim, source.is_hidden, cells)


@dataclass(frozen=True, slots=True)
class HiddenContent:
    """Why there is nothing to see: «dold», «dolt», or a sentence."""

    text: str
    template: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class TextContent:
    """A text, with more in small letters under it where there is any."""

    text: str
    template: ClassVar[str] = "reports/cells/text.html"


@dataclass(frozen=True, slots=True)
class ShareContent:
    """A share (0-1, None is «–») and under it what it rests on, and between which shares it would lie if all were
    assessed. It never reads as the target's per cent, the `aim`, while it lies below."""

    share: float | None
    small: str = ""
    unassessed: str = ""
    aim: int | None = None
    template: ClassVar[str] = "reports/cells/share.html"

    @property
    def text(self) -> str:
        """The share in words."""
        return percent(self.share, aim=self.aim)


@dataclass(frozen=True, slots=True)
class CountContent:
    """A count that leads to the list `which` of its persons, where the reader may see them; None is hidden."""

    number: int | None
    which: str
    template: ClassVar[str] = "reports/cells/count.html"


@dataclass(frozen=True, slots=True)
class PartContent:
    """«31 av 40», each leading to its persons where it has a list and the reader may see them."""

    part: int
    part_which: str
    whole: int
    whole_which: str = ""
    template: ClassVar[str] = "reports/cells/part.html"


@dataclass(frozen=True, slots=True)
class VerdictContent:
    """A tag that says whether the target is met, and in small letters how sure that is."""

    kind: str
    text: str
    small: str = ""
    template: ClassVar[str] = "reports/cells/verdict.html"
