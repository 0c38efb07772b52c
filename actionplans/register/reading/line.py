"""One row of a sheet before it is understood: its cells by field, and whether it is about a person."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actionplans.register.cells.text import is_blank, is_plain_number, text_of, tidy
from actionplans.register.reading.columns import Heading
from actionplans.register.reading.fields import Field, field_for, fold
from actionplans.register.reading.findings import Fault
from actionplans.register.workbook.limits import letters
from actionplans.register.workbook.sheet import Cell, MarkedRow, Sheet

_SUM = re.compile(r"(?:del)?(?:summa|totalt?|antal)\b.*")
_NOT_SEALED = {Field.NUMBER, Field.PROTECTION}
_NOT_CONTENT = {Field.NUMBER, Field.IGNORE}
_REPEATED_HEADINGS = 3

# Shown instead of a protected person's cell.
UNSHOWN = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its number in the sheet. A sealed row (sealing.py) holds little more."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]
    heading: Heading
    date_1904: bool
    seal: str = ""
    marks: tuple[MarkedRow, ...] = ()

    def fields(self) -> Iterator[tuple[Field, Cell]]:
        for column, field in self.heading.recognised.items():
            yield field, self.cells[column]

    def cell(self, field: Field) -> Cell:
        column = self.heading.column_of(field)
        return None if column is None else self.cells[column]

    def fault(self, field: Field, reason: str) -> Fault:
        value = UNSHOWN if self.seal else text_of(self.cell(field)).strip()
        return Fault(self.sheet, self.number, self.heading.text_of(field), value, reason)

    def is_about_someone(self) -> bool:
        """False for empty rows, sum rows and a heading that is repeated further down."""
        return not (self._is_empty() or self._is_sum() or self._repeats_heading())

    def seal_content(self) -> str:
        """Digest of the row's content, by which two protected persons' rows are told apart."""
        content = [(field, tidy(cell)) for field, cell in self.fields() if field not in _NOT_SEALED]
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def says_more_than_a_word(self) -> bool:
        """Whether more than one cell holds text. A row with a single text is rather a remark about other rows."""
        return len({tidy(cell) for cell in self.cells if not is_blank(cell)}) > 1

    def _is_empty(self) -> bool:
        """Whether the row holds nothing but blanks and running numbers."""
        return all(
            is_blank(cell)
            or (is_plain_number(cell) and self.heading.recognised.get(column, Field.NUMBER) in _NOT_CONTENT)
            for column, cell in enumerate(self.cells)
        )

    def _is_sum(self) -> bool:
        """Whether the row holds a word for a sum and otherwise only amounts."""
        words = [cell for cell in self.cells if not is_blank(cell) and not is_plain_number(cell)]
        return bool(words) and all(isinstance(word, str) and _SUM.fullmatch(fold(word)) for word in words)

    def _repeats_heading(self) -> bool:
        repeated = [field for field, cell in self.fields() if isinstance(cell, str) and field_for(cell) is field]
        return len(repeated) >= _REPEATED_HEADINGS


def lines_below(sheet: Sheet, heading: Heading) -> Iterator[SheetRow]:
    """The rows under the heading that are about someone."""
    for number, cells in sheet.numbered_rows():
        seal = sheet.seals.get(number, "")
        line = SheetRow(sheet.name, number, cells, heading, sheet.date_1904, seal, sheet.marks.get(number, ()))
        if number > heading.row and (seal or line.is_about_someone()):
            yield line


def where(heading: Heading, marked: MarkedRow) -> str:
    """The place of a mark in the file's own words, without the marked cell's content."""
    column = heading.texts.get(marked.column, f"Kolumn {letters(marked.column)}")
    return f"en kommentar vid {column}" if marked.in_comment else column


def canonical(value: object) -> object:
    """The value as JSON that is equal however the cell was spelled."""
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)
