"""One row of a sheet before it is understood: its cells under their fields, and what sort of row it is."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from actionplans.register.cells import is_blank, is_plain_number, text_of, tidy
from actionplans.register.columns import Field, Heading, field_for, fold
from actionplans.register.findings import Fault
from actionplans.register.sheet import Cell, Sheet

_SUM = re.compile(r"(?:del)?(?:summa|totalt?|antal)\b.*")
_NOT_CONTENT = {Field.NUMBER, Field.IGNORE}
_REPEATED_HEADINGS = 3

_NAMES = {Field.FAMILY_NAME, Field.GIVEN_NAME, Field.FULL_NAME, Field.PERSONAL_NUMBER}
_PROTECTED_NAME = re.compile(r"\b(?:skyddad|skyddsm|sekretess)")
# In a note more is needed than "skyddad": sheltered employment is called so too.
_PROTECTED_NOTE = re.compile(
    r"sekretess|skydda(?:d|de) (?:person|uppg|id|folkbok|adress)|^skydda(?:d|de)$|fingerad|kvarskriv"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its sheet's own number."""

    sheet: str
    number: int
    cells: tuple[Cell, ...]
    heading: Heading
    date_1904: bool

    def fields(self) -> Iterator[tuple[Field, Cell]]:
        for column, field in self.heading.recognised.items():
            yield field, self.cells[column]

    def cell(self, field: Field) -> Cell:
        column = self.heading.column_of(field)
        return None if column is None else self.cells[column]

    def fault(self, field: Field, reason: str) -> Fault:
        value = text_of(self.cell(field)).strip()
        return Fault(self.sheet, self.number, self.heading.text_of(field), value, reason)

    def is_about_someone(self) -> bool:
        """False for empty rows, sum rows and a heading that is repeated further down."""
        return not (self._is_empty() or self._is_sum() or self._repeats_heading())

    def is_protected(self) -> bool:
        """Whether the row says that the person's identity is protected."""
        folded = [(field, fold(text_of(cell))) for field, cell in self.fields()]
        return any(
            (field in _NAMES and _PROTECTED_NAME.search(text)) or (field is Field.NOTE and _PROTECTED_NOTE.search(text))
            for field, text in folded
        )

    def sealed_content(self) -> str:
        """Tells two protected persons apart without carrying what their rows say."""
        content = [(field, tidy(cell)) for field, cell in self.fields() if field is not Field.NUMBER]
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def _is_empty(self) -> bool:
        """Nothing but blanks and running numbers."""
        return all(
            is_blank(cell)
            or (is_plain_number(cell) and self.heading.recognised.get(column, Field.NUMBER) in _NOT_CONTENT)
            for column, cell in enumerate(self.cells)
        )

    def _is_sum(self) -> bool:
        """A word for a sum, and besides it nothing but amounts."""
        words = [cell for cell in self.cells if not is_blank(cell) and not is_plain_number(cell)]
        return bool(words) and all(isinstance(word, str) and _SUM.fullmatch(fold(word)) for word in words)

    def _repeats_heading(self) -> bool:
        repeated = [field for field, cell in self.fields() if isinstance(cell, str) and field_for(cell) is field]
        return len(repeated) >= _REPEATED_HEADINGS


def lines_below(sheet: Sheet, heading: Heading) -> Iterator[Line]:
    """The rows under the heading that are about someone."""
    for number, cells in sheet.numbered_rows():
        line = Line(sheet.name, number, cells, heading, sheet.date_1904)
        if number > heading.row and line.is_about_someone():
            yield line


def canonical(value: object) -> object:
    """A value as JSON that doesn't hang on how the cell was spelled."""
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)
