"""Days as registers spell them: as people type them in forms, with their year, and as spreadsheets count them."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actionplans.register.cells.text import quoted, text_of
from actionplans.register.workbook.sheet import Cell
from core.days.kinds import DayKind
from core.days.typed import read_dated
from core.swedish.typed import clean_code

# Bare day numbers of 1980-2099; beyond them a number is something else than a day.
_SERIALS = range(29221, 73051)
_EXCEL_EPOCH = date(1899, 12, 30)
_DAYS_1904 = 1462

# What a program adds to a day without a time.
_MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Context:
    """Things outside a cell that decide how it is read."""

    today: date
    date_1904: bool = False
    enrolled_on: date | None = None


def read_day(cell: Cell, context: Context) -> date:
    """The day in the cell. Raises ValueError where there is none, or where it is after today or too long ago."""
    day = _any_day(cell, context)
    if day > context.today:
        raise ValueError(f"Dagen {day.isoformat()} ligger i framtiden. Rätta den; skriv året med fyra siffror.")
    if fault := DayKind.REGISTER.fault(day, context.today):
        raise ValueError(f"Dagen {day.isoformat()} är för länge sedan. {fault}")
    return day


def _any_day(cell: Cell, context: Context) -> date:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool():
            pass
        case int() | float() if int(cell) + _DAYS_1904 * context.date_1904 in _SERIALS:
            return _EXCEL_EPOCH + timedelta(days=int(cell) + _DAYS_1904 * context.date_1904)
        case int() | float() if len(text_of(cell)) in (6, 8):
            return _written_day(text_of(cell))
        case str():
            return _written_day(clean_code(cell))
    raise _no_day(cell)


def _written_day(text: str) -> date:
    try:
        return read_dated(_MIDNIGHT.sub("", text))
    except ValueError:
        raise _no_day(text) from None


def _no_day(cell: Cell) -> ValueError:
    return ValueError(f"”{quoted(cell)}” går inte att läsa som en dag. Skriv dagen så här: 2011-01-28.")
