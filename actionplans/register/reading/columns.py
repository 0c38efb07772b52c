"""Which row of a sheet is its heading, and what each column holds. What columns there are stands in fields.py."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from actionplans.register.reading.fields import REPEATABLE, Field, field_for
from actionplans.register.workbook.limits import letters
from actionplans.register.workbook.sheet import Cell, RegisterError, Sheet

# The heading is looked for in the first rows; further down its words may stand in notes.
_ROWS_SEARCHED = 50
_FEWEST_KNOWN = 3
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """Row and columns of a sheet's heading; columns are counted from 0.

    `doubled`: fields that several columns could hold. None of these columns is recognised before the user has chosen.
    """

    row: int
    recognised: dict[int, Field]
    unrecognised: tuple[tuple[int, str], ...]
    texts: dict[int, str]
    doubled: tuple[tuple[Field, tuple[int, ...]], ...] = ()

    def column_of(self, field: Field) -> int | None:
        return next((column for column, known in self.recognised.items() if known is field), None)

    def text_of(self, field: Field) -> str:
        """The field's heading in the file's spelling; the field's own name where the file has no heading for it."""
        column = self.column_of(field)
        return field.label if column is None else self.texts[column]


def find_heading(sheet: Sheet, chosen: Mapping[int, Field] | None = None) -> Heading | None:
    """The row with most known headings, at least three; None for a sheet that isn't a register.

    `chosen` says what the user has decided about columns, and wins over the heading's own words. Raises RegisterError
    for a heading that is wider than anybody could look through.
    """
    candidates = [(_known(cells), -number) for number, cells in sheet.numbered_rows() if number <= _ROWS_SEARCHED]
    known, row = max(candidates, default=(0, 0))
    if known < _FEWEST_KNOWN:
        return None
    return _heading(sheet, -row, chosen or {})


def _known(cells: Iterable[Cell]) -> int:
    return len({field_for(cell) for cell in cells if isinstance(cell, str)} - {None})


def _heading(sheet: Sheet, row: int, chosen: Mapping[int, Field]) -> Heading:
    texts = _texts(sheet, row)
    if len(texts) > MAX_COLUMNS:
        raise RegisterError(
            f"Bladet ”{sheet.name}” har {len(texts)} kolumner och får ha högst {MAX_COLUMNS}. "
            "Ta bort dem som inte hör till registret."
        )
    meant = {column: field for column, field in chosen.items() if column in texts}
    by_words = {column: field for column, text in texts.items() if column not in meant and (field := field_for(text))}
    doubled = tuple(_doubled(meant, by_words))
    asked = {column for _field, columns in doubled for column in columns}
    taken = set(meant.values()) - REPEATABLE
    free = {column: field for column, field in by_words.items() if column not in asked and field not in taken}
    recognised = dict(sorted((meant | free).items()))
    unrecognised = tuple((column, text) for column, text in texts.items() if column not in recognised)
    return Heading(row, recognised, unrecognised, texts, doubled)


def _doubled(chosen: Mapping[int, Field], by_words: Mapping[int, Field]) -> Iterator[tuple[Field, tuple[int, ...]]]:
    """Fields that the headings of several columns mean, with these columns, where the user hasn't chosen one."""
    for field in dict.fromkeys(by_words.values()):
        columns = tuple(column for column, meaning in by_words.items() if meaning is field)
        if len(columns) > 1 and field not in REPEATABLE and field not in chosen.values():
            yield field, columns


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """The heading of each column in use, by column. A column without a heading is called by its letter."""
    headings = sheet.rows[row - 1]
    texts = {}
    for column, cell in enumerate(headings):
        text = " ".join(str(cell).split()) if cell is not None else ""
        if text or any(cells[column] is not None for cells in sheet.rows[row:]):
            texts[column] = text or f"Kolumn {letters(column)}"
    return texts
