"""Workbook on standard input, its cells as JSON on standard output. Run as a process of its own.

A workbook comes from outside: a damaged or hostile one can make the reader take all memory or abort, which no `except`
catches. So it is read here, under limits, and not in the web process. Everything is counted before the reader makes
room for it (limits.py). Imports nothing of the project but its neighbours, since it starts without settings.
"""

import io
import json
import math
import os
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from actionplans.register.cells.marking import Mark, mark_of
from actionplans.register.workbook import ods, xls, xlsx
from actionplans.register.workbook.limits import (
    EXIT_DAMAGED,
    EXIT_ENCRYPTED,
    EXIT_TOO_LARGE,
    MAX_CELL_TEXT,
    MAX_SHEETS,
    Budget,
    Details,
    RefusedError,
    spend_rectangle,
)

MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 20
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
# Repetitive sheets pack well; below this size the ratio says nothing.
RATIO_COUNTS_FROM = 20_000_000
# Pages go before workbooks where both want the processor.
_NICENESS = 10

Spans = list[tuple[tuple[int, int], tuple[int, int]]]

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def extract(content: bytes, max_rows: int, max_cells: int) -> dict[str, Any]:
    """All sheets of the workbook as JSON: cells row by row from row 1, and the details that the cell reader leaves out.

    Raises RefusedError where the file is damaged, encrypted, too large or of another kind.
    """
    budget = Budget(max_rows, max_cells)
    sheets, counts_from_1904 = _details(content, budget)
    if len(sheets) > MAX_SHEETS:
        raise RefusedError(EXIT_TOO_LARGE)
    for details in sheets:
        spend_rectangle(budget, details)
    workbook = _open_workbook(content)
    if len(workbook.sheet_names) != len(sheets):
        raise RefusedError(EXIT_DAMAGED)
    read = [_sheet(workbook, index, details, budget) for index, details in enumerate(sheets)]
    return {"date_1904": counts_from_1904, "sheets": read}


def _details(content: bytes, budget: Budget) -> tuple[list[Details], bool]:
    """The details of each sheet besides its values, and whether days count from 1904."""
    archive = _open_package(content)
    if archive is None:
        if _ENCRYPTED_STREAM in content:
            raise RefusedError(EXIT_ENCRYPTED)
        return xls.details_of(content, budget), False
    if xlsx.is_office(archive):
        return xlsx.details_of(archive, budget)
    if ods.is_ods(archive):
        return ods.details_of(archive, budget), False
    raise RefusedError(EXIT_DAMAGED)


def _open_package(content: bytes) -> zipfile.ZipFile | None:
    """The zip archive that an xlsx or ods file is; None for an xls file."""
    if not content.startswith(b"PK"):
        return None
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise RefusedError(EXIT_DAMAGED) from None
    unpacked = sum(entry.file_size for entry in package.infolist())
    if unpacked > MAX_UNPACKED or unpacked > max(RATIO_COUNTS_FROM, MAX_RATIO * len(content)):
        raise RefusedError(EXIT_TOO_LARGE)
    return package


def _open_workbook(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise RefusedError(EXIT_ENCRYPTED) from None
    except CalamineError:
        raise RefusedError(EXIT_DAMAGED) from None


def _sheet(workbook: CalamineWorkbook, index: int, details: Details, budget: Budget) -> dict[str, Any]:
    """The sheet's cells and details as JSON; a sheet that holds a chart has no cells.

    Of comments and of texts outside the cells only their places and marks are passed on, not their words.
    """
    kind = workbook.sheets_metadata[index]
    rows, merged = _cells(workbook, index, details, budget) if kind.typ == SheetTypeEnum.WorkSheet else ([], [])
    _spread_merged_down(rows, merged)
    name = workbook.sheet_names[index]
    loose = [*details.loose, ("bladets namn", name)]
    return {
        "name": name,
        "rows": rows,
        "is_hidden": details.is_hidden or kind.visible != SheetVisibleEnum.Visible,
        "hidden_rows": _clipped(details.hidden_rows, len(rows)),
        "hidden_columns": _clipped(details.hidden_columns, max(map(len, rows), default=0)),
        "comments": sorted({(row, column) for row, column, _text in details.comments}),
        "marks": [*_marked_cells(rows), *_marked_comments(details, merged)],
        "loose": sorted({place for place, text in loose if mark_of(text)}),
    }


def _cells(workbook: CalamineWorkbook, index: int, details: Details, budget: Budget) -> tuple[list[list[Any]], Spans]:
    try:
        sheet = workbook.get_sheet_by_index(index)
    except CalamineError:
        raise RefusedError(EXIT_DAMAGED) from None
    if sheet.end is not None and (sheet.end[0] > details.corner[0] or sheet.end[1] > details.corner[1]):
        # The reader found cells that weren't counted: one of the two has misread the file.
        details.corner = max(details.corner[0], sheet.end[0]), max(details.corner[1], sheet.end[1])
        spend_rectangle(budget, details)
    # skip_empty_area would shift the row numbers by the empty rows on top.
    rows = [[_as_json(cell, budget) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _mark_unread(rows, details)
    bottom = len(rows) - 1
    merged = [(first, (min(last[0], bottom), last[1])) for first, last in sheet.merged_cell_ranges or []]
    merged = [(first, last) for first, last in merged if first[0] <= bottom]
    budget.spend("cells", sum(last[0] - first[0] for first, last in merged))
    return rows, merged


def _as_json(cell: Any, budget: Budget) -> Any:
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, str):
        budget.spend("text", len(cell) if len(cell) <= MAX_CELL_TEXT else budget.text + 1)
        return cell
    if isinstance(cell, bool | int) or (isinstance(cell, float) and math.isfinite(cell)):
        return cell
    return {"unreadable": str(cell)}


def _marked_cells(rows: list[list[Any]]) -> Iterator[tuple[int, int, bool, Mark]]:
    """Row, column, False (no comment) and mark of each cell that says something about protection."""
    known: dict[str, Mark | None] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and not cell.isdecimal():
                if cell not in known:
                    known[cell] = mark_of(cell)
                mark = known[cell]
                if mark is not None:
                    yield number, column, False, mark


def _marked_comments(details: Details, merged: Spans) -> Iterator[tuple[int, int, bool, Mark]]:
    """Row, column, True (a comment) and mark of each comment that says something about protection. A comment on a cell
    that is merged over several rows is given for each of them."""
    height = {first: last[0] - first[0] for first, last in merged}
    for row, column, text in details.comments:
        mark = mark_of(text)
        rows = range(row, row + height.get((row, column), 0) + 1)
        yield from ((number, column, True, mark) for number in rows if mark is not None)


def _spread_merged_down(rows: list[list[Any]], merged: Spans) -> None:
    """Repeat a value that is merged over several rows in each of them, as a reader sees it."""
    for (first_row, column), (last_row, _last_column) in merged:
        for row in rows[first_row + 1 : last_row + 1]:
            if column < len(row):
                row[column] = rows[first_row][column]


def _mark_unread(rows: list[list[Any]], details: Details) -> None:
    """Put errors and formulas in their cells, which the cell reader gives as empty or as a saved value."""
    for (row, column), mark in details.unread.items():
        if row < len(rows) and column < len(rows[row]) and (mark != "=" or rows[row][column] == ""):
            rows[row][column] = {"unreadable": mark}


def _clipped(spans: list[tuple[int, int]], size: int) -> list[int]:
    """The numbers of the rows or columns in these spans that lie within the sheet."""
    found: list[int] = []
    for first, last in sorted(spans):
        start = max(first, found[-1] + 1) if found else first
        found.extend(range(start, min(last + 1, size)))
    return found


def _limit(kind: int, amount: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(kind, (amount, amount))


def main() -> int:
    os.nice(_NICENESS)
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        result = extract(sys.stdin.buffer.read(), max_rows=int(sys.argv[2]), max_cells=int(sys.argv[3]))
    except RefusedError as refusal:
        json.dump(refusal.at, sys.stdout)
        return refusal.exit_code
    except (MemoryError, RecursionError):
        return EXIT_TOO_LARGE
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        # zipfile raises these for a damaged, an oddly packed and an encrypted entry.
        return EXIT_DAMAGED
    json.dump(result, sys.stdout)
    return 0
