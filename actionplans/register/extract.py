"""Workbook on standard input, its cells as JSON on standard output. Run as a process of its own.

A workbook comes from outside: a damaged or hostile one can make the reader take all memory or
abort, which no `except` catches. So it is read here, under limits, and not in the web process.
Imports nothing of the project, for it starts without it.
"""

import io
import json
import math
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 40
MAX_UNPACKED = 200_000_000
MAX_RATIO = 100
# Repetitive sheets pack well; below this size the ratio says nothing.
RATIO_COUNTS_FROM = 20_000_000

EXIT_DAMAGED, EXIT_ENCRYPTED, EXIT_TOO_LARGE = 3, 4, 5

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)<")
_SHEET_ID = re.compile(r'<(?:\w+:)?sheet\s[^>]*?\w+:id="([^"]+)"')
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_DATE_1904 = re.compile(r'<(?:\w+:)?workbookPr\s[^>]*date1904="(?:1|true)"')


class RefusedError(Exception):
    """The workbook can't be read; the exit code says why."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code


def extract(content: bytes, max_rows: int) -> dict[str, Any]:
    """All sheets of the workbook, row by row from row 1, and what the reader itself doesn't tell."""
    package = _open_package(content)
    workbook = _open_workbook(content)
    sheets = []
    rows_left = max_rows
    for index, name in enumerate(workbook.sheet_names):
        sheet = _sheet(workbook, index, name, rows_left)
        _mark_unread(sheet["rows"], _unread_cells(package, index))
        rows_left -= len(sheet["rows"])
        sheets.append(sheet)
    return {"date_1904": _counts_from_1904(package), "sheets": sheets}


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
        raise RefusedError(EXIT_ENCRYPTED if _ENCRYPTED_STREAM in content else EXIT_DAMAGED) from None


def _sheet(workbook: CalamineWorkbook, index: int, name: str, rows_left: int) -> dict[str, Any]:
    try:
        sheet = workbook.get_sheet_by_index(index)
    except CalamineError:
        raise RefusedError(EXIT_DAMAGED) from None
    if sheet.end is not None and sheet.end[0] >= rows_left:
        raise RefusedError(EXIT_TOO_LARGE)
    # skip_empty_area would shift the row numbers by the empty rows on top.
    rows = [[_as_json(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {"name": name, "rows": rows, "merged": sheet.merged_cell_ranges or []}


def _as_json(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, str | bool | int) or (isinstance(cell, float) and math.isfinite(cell)):
        return cell
    return {"unreadable": str(cell)}


def _unread_cells(package: zipfile.ZipFile | None, index: int) -> Iterator[tuple[int, int, str]]:
    """Row, column and mark of the cells that the reader gives as empty though something stands there.

    That is an error value, or a formula whose result was never saved.
    """
    path = _sheet_path(package, index)
    if package is None or path is None:
        return
    for cell in _CELL.finditer(package.read(path)):
        attributes, inner = cell[1], cell[2] or b""
        reference, result = _REFERENCE.search(attributes), _RESULT.search(inner)
        if reference is None:
            continue
        row, column = int(reference[2]) - 1, _column_index(reference[1])
        if b't="e"' in attributes:
            yield row, column, result[1].decode("utf-8", "replace") if result else "#"
        elif b"<f" in inner and result is None and b't="str"' not in attributes:
            yield row, column, "="


def _sheet_path(package: zipfile.ZipFile | None, index: int) -> str | None:
    """Where the sheet lies in an xlsx package; sheets are listed in the same order as the reader's."""
    if package is None or "xl/_rels/workbook.xml.rels" not in package.namelist():
        return None
    ids = _SHEET_ID.findall(_read(package, "xl/workbook.xml"))
    relations = [
        dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(_read(package, "xl/_rels/workbook.xml.rels"))
    ]
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    if index >= len(ids) or ids[index] not in targets:
        return None
    path = posixpath.normpath(posixpath.join("/xl", targets[ids[index]])).lstrip("/")
    return path if path in package.namelist() else None


def _read(package: zipfile.ZipFile, path: str) -> str:
    return package.read(path).decode("utf-8", "replace") if path in package.namelist() else ""


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - ord("A") + 1
    return index - 1


def _mark_unread(rows: list[list[Any]], unread: Iterator[tuple[int, int, str]]) -> None:
    for row, column, mark in unread:
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = {"unreadable": mark}


def _counts_from_1904(package: zipfile.ZipFile | None) -> bool:
    return package is not None and bool(_DATE_1904.search(_read(package, "xl/workbook.xml")))


def _limit(kind: int, amount: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    resource.setrlimit(kind, (amount, amount))


def main() -> int:
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        result = extract(sys.stdin.buffer.read(), max_rows=int(sys.argv[1]))
    except RefusedError as refusal:
        return refusal.exit_code
    except MemoryError:
        return EXIT_TOO_LARGE
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        # What zipfile raises on a damaged, an oddly packed and an encrypted entry.
        return EXIT_DAMAGED
    json.dump(result, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
