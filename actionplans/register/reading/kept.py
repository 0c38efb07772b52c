"""A workbook that has been read once, with its sheets packed, as it is kept until it is imported."""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from actionplans.register.reading.fields import Field
from actionplans.register.reading.sealing import sealed
from actionplans.register.workbook.sheet import Cell, MarkedRow, Sheet, Unreadable, cell_of, read_sheets

# The first bytes of a packed workbook.
SIGN = b"samverkan-sheets-1\n"
# Stands before a seal that was made with a key.
KEYED = "="

Choices = Mapping[str, Mapping[int, Field]]


def is_kept(content: bytes) -> bool:
    """Whether `content` is a packed workbook rather than a user's file."""
    return content.startswith(SIGN)


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of a user's file or of a packed workbook, protected persons' rows sealed. Raises RegisterError for an
    unreadable file."""
    if not is_kept(content):
        return [sealed(sheet) for sheet in read_sheets(content)]
    return [_sheet(raw) for raw in json.loads(zlib.decompress(content.removeprefix(SIGN)))]


def pack(sheets: Sequence[Sheet], key: Callable[[str], str]) -> bytes:
    """The sheets packed. `key` makes a digest with a secret, so that a seal can't be tested against guesses of the
    row's content."""
    raw = [_raw(replace(sheet, seals=_keyed(sheet.seals, key))) for sheet in sheets]
    return SIGN + zlib.compress(json.dumps(raw, ensure_ascii=False).encode())


def _keyed(seals: Mapping[int, str], key: Callable[[str], str]) -> dict[int, str]:
    return {row: seal if seal.startswith(KEYED) else KEYED + key(seal) for row, seal in seals.items()}


def _raw(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": [[_raw_cell(cell) for cell in row] for row in sheet.rows],
        "date_1904": sheet.date_1904,
        "is_hidden": sheet.is_hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "comments": sheet.comments,
        "marks": [
            (row, mark.column, mark.in_comment, mark.is_sure) for row, marks in sheet.marks.items() for mark in marks
        ],
        "loose": sheet.loose,
        "seals": list(sheet.seals.items()),
    }


def _raw_cell(cell: Cell) -> Any:
    match cell:
        case datetime():
            return {"datetime": cell.isoformat()}
        case date():
            return {"date": cell.isoformat()}
        case Unreadable():
            return {"unreadable": cell.text}
    return cell


def _sheet(raw: Mapping[str, Any]) -> Sheet:
    marks: dict[int, tuple[MarkedRow, ...]] = {}
    for row, column, in_comment, is_sure in raw["marks"]:
        marks[row] = (*marks.get(row, ()), MarkedRow(column, in_comment, is_sure))
    return Sheet(
        raw["name"],
        tuple(tuple(map(cell_of, row)) for row in raw["rows"]),
        raw["date_1904"],
        is_hidden=raw["is_hidden"],
        hidden_rows=frozenset(raw["hidden_rows"]),
        hidden_columns=frozenset(raw["hidden_columns"]),
        comments=tuple((row, column) for row, column in raw["comments"]),
        marks=marks,
        loose=tuple(raw["loose"]),
        seals=dict(raw["seals"]),
    )
