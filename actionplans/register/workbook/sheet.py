"""A workbook as sheets of plain cells, with the row numbers that Excel shows."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from actionplans.register.cells.marking import Mark
from actionplans.register.workbook import extract, limits
from core.swedish.typed import clean_text

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
# From the first to the last cell in use, empty ones between them too: thirty columns in every row.
MAX_CELLS = 600_000
# By the clock. The work itself is held to a processor's seconds (extract.py), and gives way to pages: beside a suite of
# tests on two cores a file of eight seconds' work passed thirty.
_PATIENCE = 90
# How a package and an old Excel file begin.
FILE_SIGNS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Run without the machine's own additions to Python, and able to import our code and nothing else.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from actionplans.register.workbook.extract import main; sys.exit(main())"
)

_ERROR = re.compile(
    r"#(?:N/A|SAKNAS!|NULL!|SKÄRNING!|(?:DIV|DIVISION)/0!|VALUE!|VÄRDEFEL!|REF!|REFERENS!|NAME\?|NAMN\?|NUM!|OGILTIGT!)"
)

_LIMITS = f"Den får ha högst 10 MB, {limits.MAX_SHEETS} blad, {MAX_ROWS} rader och {MAX_CELLS} rutor."
_TOO_LARGE = (
    f"Filen är för stor att läsa in. {_LIMITS} Dela upp registret i flera filer och ta bort tomma, formaterade rader."
)
_BUSY = (
    "Filen hann inte läsas in, för servern har mycket att göra just nu. Inget har sparats. Försök igen om en stund, "
    "eller dela upp registret i flera filer."
)
_DAMAGED = "Filen går inte att läsa. Öppna den i Excel eller LibreOffice, spara den som .xlsx och försök igen."
_REASONS = {
    limits.EXIT_ENCRYPTED: "Filen är skyddad med lösenord. Spara den utan lösenord och försök igen.",
    limits.EXIT_TOO_LARGE: _TOO_LARGE,
    limits.EXIT_OTHER_KIND: (
        "Filen är en arbetsbok av ett slag som inte läses in säkert. "
        "Öppna den i Excel eller LibreOffice, spara den som .xlsx och försök igen."
    ),
}


class RegisterError(Exception):
    """The whole file can't be read. The message is Swedish and says what to do."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that isn't empty but has no value to read: an error, a formula without a result, a time."""

    text: str


Cell = str | bool | int | float | date | datetime | Unreadable | None


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """The place where a row says that its person is protected: the column, and whether it is in a comment on the
    cell."""

    column: int
    in_comment: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `rows[0]` is row 1 in Excel; all rows are equally long, and columns count from 0.

    `date_1904` says that bare day numbers count from 1904 and not from 1900. `comments` are row number and column.
    `marks` are by row number, `loose` the kinds of places outside the cells that say something about protection.
    `seals` are digests of marked rows, by row number: such rows keep only sex and days (sealing.py).
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    date_1904: bool = False
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[tuple[int, int], ...] = ()
    marks: Mapping[int, tuple[MarkedRow, ...]] = field(default_factory=dict)
    loose: tuple[str, ...] = ()
    seals: Mapping[int, str] = field(default_factory=dict)

    def numbered_rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        return enumerate(self.rows, start=1)


def read_sheets(content: bytes) -> list[Sheet]:
    """Read xlsx, xls or ods; raises RegisterError for a file that can't or mustn't be read."""
    if len(content) > MAX_BYTES:
        raise RegisterError(_TOO_LARGE)
    if not content.startswith(FILE_SIGNS):
        raise RegisterError("Filen är ingen arbetsbok. Välj en fil som slutar på .xlsx, .xls eller .ods.")
    workbook = _extracted(content)
    return [_sheet(sheet, bool(workbook["date_1904"])) for sheet in workbook["sheets"]]


def _extracted(content: bytes) -> dict[str, Any]:
    # An empty environment: the process needs no settings, so it gets no secrets.
    project = Path(extract.__file__).resolve().parents[3]
    command = [sys.executable, "-I", "-c", _START, str(project), str(MAX_ROWS), str(MAX_CELLS)]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours, the file comes on standard input
            command, input=content, capture_output=True, timeout=_PATIENCE, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise RegisterError(_BUSY) from None
    if done.returncode < 0:
        # Killed by its limits, as a file that is made to take all memory is.
        raise RegisterError(_TOO_LARGE)
    if done.returncode:
        raise RegisterError(_reason(done.returncode, done.stdout))
    workbook: dict[str, Any] = json.loads(done.stdout)
    return workbook


def _reason(exit_code: int, output: bytes) -> str:
    place = json.loads(output) if exit_code == limits.EXIT_TOO_LARGE and output else None
    if place is None:
        return _REASONS.get(exit_code, _DAMAGED)
    name, cell = place
    return (
        f"Filen är för stor att läsa in. I bladet ”{name}” räcker rutorna till {cell}. {_LIMITS} "
        "Ta bort det som står långt utanför listan, eller dela upp registret i flera filer."
    )


def _sheet(sheet: Mapping[str, Any], date_1904: bool) -> Sheet:
    return Sheet(
        sheet["name"],
        tuple(tuple(map(cell_of, row)) for row in sheet["rows"]),
        date_1904,
        is_hidden=sheet["is_hidden"],
        hidden_rows=frozenset(row + 1 for row in sheet["hidden_rows"]),
        hidden_columns=frozenset(sheet["hidden_columns"]),
        comments=tuple((row + 1, column) for row, column in sheet["comments"]),
        marks=_by_row(sheet["marks"]),
        loose=tuple(sheet["loose"]),
    )


def _by_row(marks: Iterable[tuple[int, int, bool, str]]) -> Mapping[int, tuple[MarkedRow, ...]]:
    found: defaultdict[int, list[MarkedRow]] = defaultdict(list)
    for row, column, in_comment, mark in marks:
        found[row + 1].append(MarkedRow(column, in_comment, mark == Mark.SURE))
    return {row: tuple(marked) for row, marked in found.items()}


def cell_of(raw: Any) -> Cell:
    """The cell from its form in JSON, its text cleaned as in a form. A pasted text that looks like an error («#N/A») is
    an error too."""
    if isinstance(raw, str):
        text = clean_text(raw)
        return Unreadable(text) if _ERROR.fullmatch(text.upper()) else text or None
    if not isinstance(raw, dict):
        cell: Cell = raw
        return cell
    if "date" in raw:
        return date.fromisoformat(raw["date"])
    if "datetime" in raw:
        return datetime.fromisoformat(raw["datetime"])
    return Unreadable(raw["unreadable"])
