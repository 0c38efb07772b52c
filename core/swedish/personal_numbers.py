"""Swedish personal and coordination numbers, read strictly and kept as twelve digits.

The package `personnummer` computes the check digit; it also lets digits of other scripts
through and reads the century by the clock of the machine, so all else is decided here.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnummer import personnummer

from core.swedish.typed import clean_code

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_SHAPE = re.compile(r"(?P<century>\d{2})?(?P<rest>\d{6})(?P<sign>[-+])?(?P<last>\d{4})", re.ASCII)
# A birth date and four signs with a letter among them: reserve numbers of health care, tax agency and others.
_RESERVE = re.compile(r"(\d{2})?\d{6}[-+]?(?=[0-9]*[A-ZÅÄÖ])[0-9A-ZÅÄÖ]{4}", re.ASCII | re.IGNORECASE)
_COORDINATION_OFFSET = 60
_OLDEST_CENTURY = 18


class NumberKind(StrEnum):
    """A personal number, or a coordination number, of somebody who isn't registered as living in Sweden."""

    PERSONAL = "personal"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """One number in its only stored form. However a person's number is typed, its value is equal."""

    value: str
    kind: NumberKind
    birth_date: date

    @property
    def formatted(self) -> str:
        """As people write it: ÅÅÅÅMMDD-NNNN."""
        return f"{self.value[:8]}-{self.value[8:]}"

    @property
    def sex(self) -> str:
        """The sex that the number states: `female` or `male`."""
        return "male" if int(self.value[10]) % 2 else "female"


def parse(value: str | int | float, *, on: date) -> ParsedNumber:
    """Read a number as typed in a form or a sheet; `on` decides the century of a ten-digit number.

    Raises ValueError with a Swedish sentence about what to do.
    """
    text = _typed_text(value)
    shape = _SHAPE.fullmatch(text)
    if _RESERVE.fullmatch(text):
        raise ValueError(
            "Det är ett reservnummer, och sådana kan inte sparas. Lämna numret tomt och ange födelsedagen."
        )
    if shape is None:
        raise ValueError("Personnumret har inte tio eller tolv siffror. Skriv det så här: ÅÅÅÅMMDD-NNNN.")
    digits = _with_century(shape, on) + shape["rest"] + shape["last"]
    birth_date = _birth_date(digits)
    if birth_date > on:
        raise ValueError(f"Personnumret hör till någon som inte var född {on.isoformat()}. Kontrollera årtalet.")
    if not personnummer.valid(digits):
        raise ValueError("Kontrollsiffran stämmer inte. Jämför personnumret med underlaget och rätta det.")
    return ParsedNumber(digits, _kind(digits), birth_date)


def _typed_text(value: str | int | float) -> str:
    if isinstance(value, str):
        return clean_code(value).replace(" ", "").translate(_DASHES)
    if isinstance(value, bool) or value != value or value in (float("inf"), float("-inf")) or value != int(value):
        return ""
    # A numeric cell can't hold the leading zeros of someone born 2000-2009.
    return str(int(value)).zfill(10)


def _with_century(shape: re.Match[str], on: date) -> str:
    if shape["century"]:
        return shape["century"]
    month_day = int(shape["rest"][2:4]), _day(shape["rest"])
    year = on.year - (on.year - int(shape["rest"][:2])) % 100
    if shape["sign"] == "+":
        # The sign says: turns a hundred this year, or is older.
        year -= 100 if on.year - year < 100 else 0
    elif (year, *month_day) > (on.year, on.month, on.day):
        year -= 100
    return f"{year:04}"[:2]


def _day(year_month_day: str) -> int:
    day = int(year_month_day[-2:])
    return day - _COORDINATION_OFFSET if day > _COORDINATION_OFFSET else day


def _birth_date(digits: str) -> date:
    try:
        if int(digits[:2]) < _OLDEST_CENTURY:
            raise ValueError("century")
        return date(int(digits[:4]), int(digits[4:6]), _day(digits[:8]))
    except ValueError:
        raise ValueError("Personnumret börjar inte med ett datum som finns. Kontrollera år, månad och dag.") from None


def _kind(digits: str) -> NumberKind:
    return NumberKind.COORDINATION if int(digits[6:8]) > _COORDINATION_OFFSET else NumberKind.PERSONAL
