"""Cells as text, for messages, for free text, and to tell which are blank."""

import unicodedata
from datetime import date, datetime

from actionplans.register.workbook.sheet import Cell, Unreadable

_BLANKS = {"", "-", "–", "—", "−"}
_LONGEST_QUOTE = 60


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip() in _BLANKS)


def text_of(cell: Cell) -> str:
    """The cell as a person would write it, for messages and free text."""
    match cell:
        case None:
            return ""
        case bool():
            return "SANT" if cell else "FALSKT"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case date():
            return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
        case Unreadable():
            return "" if cell.text == "=" else cell.text
    return str(cell)


def tidy(cell: Cell) -> str:
    """The cell's text with composed letters and single blanks, without control characters."""
    text = unicodedata.normalize("NFC", text_of(cell))
    return " ".join(
        "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc").split()
    )


def is_plain_number(cell: Cell) -> bool:
    """Whether the cell is a bare amount or running number, or a formula without a saved result."""
    if isinstance(cell, str):
        return cell.strip().isdecimal()
    return isinstance(cell, int | float | Unreadable) and not isinstance(cell, bool)


def quoted(cell: Cell) -> str:
    text = text_of(cell).strip()
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
