"""A workbook as plain sheets of cells that keep the row numbers seen in Excel."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from actionplans.register import extract

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
_SECONDS = 60
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

_TOO_LARGE = (
    f"Filen är för stor att läsa in. Den får ha högst 10 MB och {MAX_ROWS} rader. "
    "Dela upp registret i flera filer och ta bort tomma, formaterade rader."
)
_DAMAGED = "Filen går inte att läsa. Öppna den i Excel eller LibreOffice, spara den som .xlsx och försök igen."
_REASONS = {
    extract.EXIT_ENCRYPTED: "Filen är skyddad med lösenord. Spara den utan lösenord och försök igen.",
    extract.EXIT_TOO_LARGE: _TOO_LARGE,
}


class RegisterError(Exception):
    """The whole file can't be read; the message is Swedish and says what to do."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell where something stands that has no value: an error, a formula without a result, a time."""

    text: str


Cell = str | bool | int | float | date | datetime | Unreadable | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows[0]` is row 1 in Excel; all rows are equally long.

    `date_1904` says that bare day numbers count from 1904 and not from 1900.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    date_1904: bool = False

    def numbered_rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        return enumerate(self.rows, start=1)


def read_sheets(content: bytes) -> list[Sheet]:
    """Read xlsx, xls or ods; raises RegisterError for a file that can't or mustn't be read."""
    if len(content) > MAX_BYTES:
        raise RegisterError(_TOO_LARGE)
    if not content.startswith(_MAGIC):
        raise RegisterError("Filen är ingen arbetsbok. Välj en fil som slutar på .xlsx, .xls eller .ods.")
    workbook = _extracted(content)
    return [_sheet(sheet, bool(workbook["date_1904"])) for sheet in workbook["sheets"]]


def _extracted(content: bytes) -> dict[str, Any]:
    # An empty environment: the process needs no settings, so it gets no secrets.
    command = [sys.executable, "-I", str(Path(extract.__file__)), str(MAX_ROWS)]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours, the file comes on standard input
            command, input=content, capture_output=True, timeout=_SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise RegisterError(_TOO_LARGE) from None
    if done.returncode < 0:
        # Killed by its limits: that is what a file made to take all memory ends in.
        raise RegisterError(_TOO_LARGE)
    if done.returncode:
        raise RegisterError(_REASONS.get(done.returncode, _DAMAGED))
    workbook: dict[str, Any] = json.loads(done.stdout)
    return workbook


def _sheet(sheet: Mapping[str, Any], date_1904: bool) -> Sheet:
    rows = [[_cell(cell) for cell in row] for row in sheet["rows"]]
    _spread_merged_down(rows, sheet["merged"])
    return Sheet(sheet["name"], tuple(map(tuple, rows)), date_1904)


def _cell(raw: Any) -> Cell:
    if not isinstance(raw, dict):
        return None if raw == "" else raw
    if "date" in raw:
        return date.fromisoformat(raw["date"])
    if "datetime" in raw:
        return datetime.fromisoformat(raw["datetime"])
    return Unreadable(raw["unreadable"])


def _spread_merged_down(rows: list[list[Cell]], merged: Iterable[Any]) -> None:
    """A value merged over several rows stands in each of them, as it does to the eye."""
    for (first_row, column), (last_row, _last_column) in merged:
        for row in rows[first_row + 1 : last_row + 1]:
            if column < len(row):
                row[column] = rows[first_row][column]
