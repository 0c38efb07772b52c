"""Seals rows that are marked as a protected person's, as soon as the file has been read.

A marked person is only counted, so nothing but sex and days is kept: not in the file that waits for approval, not on a
page, not in a log. The seal, a digest of the row's content, recognises the row when the file comes again.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from actionplans.register.cells import words
from actionplans.register.cells.days import Context, read_day
from actionplans.register.cells.marking import is_no
from actionplans.register.cells.text import is_blank, text_of
from actionplans.register.reading.columns import Heading, find_heading
from actionplans.register.reading.fields import Field, fold
from actionplans.register.reading.line import SheetRow
from actionplans.register.workbook.sheet import Cell, MarkedRow, Sheet, Unreadable

_IDENTITY = {Field.FAMILY_NAME, Field.GIVEN_NAME, Field.FULL_NAME, Field.PERSONAL_NUMBER}
# Coordination associations have had their law since 2003: an earlier day in a row is a birth date.
_FIRST_DAY = date(2003, 1, 1)
_WHOLE_SHEET = MarkedRow(-1, in_comment=False, is_sure=True)


def sealed(sheet: Sheet, chosen: Mapping[int, Field] | None = None, *, everyone: bool = False) -> Sheet:
    """The sheet with its marked rows sealed, and without rows where it is no register.

    `chosen` are the user's choices of columns, which may make more rows marked; `everyone` marks all rows. Marks
    outside participants' rows are added to `loose`.
    """
    plain, heading = find_heading(sheet), find_heading(sheet, chosen)
    if plain is None or heading is None:
        return replace(sheet, rows=(), comments=(), marks={}, loose=())
    rows, marks, seals, loose = list(sheet.rows), dict(sheet.marks), dict(sheet.seals), list(sheet.loose)
    for number, cells in sheet.numbered_rows():
        line = SheetRow(sheet.name, number, cells, plain, sheet.date_1904)
        if number in seals or not (found := _marks(sheet, heading, line, everyone=everyone)):
            continue
        marks[number] = found
        if _is_somebody(line, heading):
            seals[number] = line.seal_content()
        elif not everyone:
            loose.append("rubrikraden" if number == heading.row else f"rad {number}")
        rows[number - 1] = cells if number == heading.row else _harmless(cells, plain, sheet.date_1904)
    return replace(
        sheet,
        rows=tuple(rows),
        marks={number: found for number, found in marks.items() if number in seals},
        seals=seals,
        loose=tuple(dict.fromkeys(loose)),
    )


def _is_somebody(line: SheetRow, heading: Heading) -> bool:
    return line.number > heading.row and line.is_about_someone() and line.says_more_than_a_word()


def _marks(sheet: Sheet, heading: Heading, line: SheetRow, *, everyone: bool) -> tuple[MarkedRow, ...]:
    """All marks of a row. In a column about protection every cell is a mark, unless it says no."""
    own = {column for column, field in heading.recognised.items() if field is Field.PROTECTION}
    found = [mark for mark in sheet.marks.get(line.number, ()) if mark.in_comment or mark.column not in own]
    if line.number > heading.row and line.is_about_someone():
        said = {column: line.cells[column] for column in sorted(own) if _is_yes(line.cells[column])}
        found += [MarkedRow(column, in_comment=False, is_sure=_is_sure(cell)) for column, cell in said.items()]
        found += [_WHOLE_SHEET] * everyone
    return tuple(found)


def _is_yes(cell: Cell) -> bool:
    return not (is_blank(cell) or cell is False or is_no(text_of(cell)))


def _is_sure(cell: Cell) -> bool:
    """Whether the cell says so for certain; an error or a question doesn't."""
    return not isinstance(cell, Unreadable) and "?" not in text_of(cell)


def _harmless(cells: tuple[Cell, ...], heading: Heading, date_1904: bool) -> tuple[Cell, ...]:
    """The row with all cells emptied but those with sex or days, which are counted."""
    return tuple(
        cell if _tells_nobody(cell, heading.recognised.get(column), date_1904) else None
        for column, cell in enumerate(cells)
    )


def _tells_nobody(cell: Cell, field: Field | None, date_1904: bool) -> bool:
    if field in _IDENTITY or is_blank(cell):
        return False
    if field is Field.SEX:
        return fold(text_of(cell)) in words.SEXES
    try:
        return read_day(cell, Context(date.max, date_1904)) >= _FIRST_DAY
    except ValueError:
        return False
