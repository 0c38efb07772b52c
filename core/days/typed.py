"""A day as people write it in Swedish: 2026-12-03, 3/12, 3 dec, i dag, om 2 veckor, på torsdag."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from core.days.dates import add_months
from core.days.kinds import Leaning
from core.swedish.letters import HYPHENS
from core.swedish.words import day_short, day_with_weekday

_MONTHS = (
    ("jan", "januari"), ("feb", "februari"), ("mar", "mars"), ("apr", "april"), ("maj",), ("jun", "juni"),
    ("jul", "juli"), ("aug", "augusti"), ("sep", "sept", "september"), ("okt", "oktober"), ("nov", "november"),
    ("dec", "december"),
)  # fmt: skip
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words}
_WEEKDAYS = {
    word: number
    for number, stem in enumerate(("mån", "tis", "ons", "tors", "fre", "lör", "sön"))
    for word in (stem, f"{stem}dag", f"{stem}dagen")
}
_NEAR = {
    "i dag": 0, "idag": 0, "nu": 0, "i morgon": 1, "imorgon": 1, "i övermorgon": 2, "övermorgon": 2,
    "i går": -1, "igår": -1, "i förrgår": -2, "förrgår": -2,
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"), start=1
    )
}
_DAYS_OF = {"dag": 1, "dagar": 1, "vecka": 7, "veckor": 7}
# How far ahead a day may lie that is most often written down once it has come.
_SOON = timedelta(days=31)
_ON_THE_DAY = r"(?:(?P<weekday>[^\W\d_]+),? )?(?:den )?"
_YEAR = r"(?P<y>\d{4}|\d{2})"

# Each with its own way to say day, month and year; without a year it is the nearest that makes sense.
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})([-./])(?P<m>\d{1,2})\2(?P<d>\d{1,2})",
        r"(?P<y>\d{4}|\d{2})(?P<m>\d{2})(?P<d>\d{2})",
        rf"{_ON_THE_DAY}(?P<d>\d{{1,2}}) ?/ ?(?P<m>\d{{1,2}})(?:(?: |-| ?/ ?){_YEAR})?",
        rf"{_ON_THE_DAY}(?P<d>\d{{1,2}})\. ?(?P<m>\d{{1,2}})\.?(?:(?<=\.) ?{_YEAR})?",
        r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})",
        rf"{_ON_THE_DAY}(?P<d>\d{{1,2}})(?::?[ae])?\.? ?(?P<word>[^\W\d_]{{3,9}})\.?(?:,? ?{_YEAR})?",
    )
)
_AWAY = re.compile(r"(?:(?P<om>om)|för) (?P<count>\d{1,3}|[^\W\d_]+) (?P<unit>[^\W\d_]+)(?(om)| sed[ae]n)")
_NEXT = re.compile(r"nästa (?P<weekday>[^\W\d_]+)")
_DASHES = str.maketrans(dict.fromkeys(f"{HYPHENS}\N{EM DASH}", "-"))
_WEEKDAY = re.compile(r"(?:(?P<coming>på) |(?P<past>i) )?(?P<weekday>[^\W\d_]+)")


class UncertainDay(ValueError):
    """The text is nearly a day. The error says in a sentence what to change."""


class UncertainYear(UncertainDay):
    """The day was written without its year, and the nearest such day isn't the way that days of its kind point."""

    def __init__(self, day: date) -> None:
        super().__init__(f"Skriv också året, till exempel {day.day}/{day.month} {day.year}.")


def read_day(text: str, on: date, leaning: Leaning = Leaning.NEAREST) -> date:
    """The day that was written, seen from the day `on`. Raises ValueError where it is none, and UncertainDay where it
    isn't in the calendar, is another day of the week than the one written, or could be two days.

    A day without a year is the last one by `on` or within a month from it, the first one from it, or the nearest, by
    `leaning`. Raises
    UncertainYear where that one lies in another year and isn't the nearest: yesterday as the day of the next meeting is
    a slip, and no day of next year.
    """
    said = _said(text)
    if said in _NEAR:
        return on + timedelta(days=_NEAR[said])
    if found := _AWAY.fullmatch(said):
        return _away(found, on)
    if (day := _dated(said, on, leaning)) is not None:
        return day
    if found := _NEXT.fullmatch(said):
        raise _either(found["weekday"], on)
    if found := _WEEKDAY.fullmatch(said):
        return _on_weekday(found, on, leaning)
    raise ValueError(f"no day: {len(text)} signs")


def read_date(text: str, on: date, leaning: Leaning = Leaning.NEAREST) -> date:
    """The day of a date that was written: as `read_day`, but «torsdag» and «i går» are none. Raises as that does."""
    if (day := _dated(_said(text), on, leaning)) is None:
        raise ValueError(f"no date: {len(text)} signs")
    return day


def read_dated(text: str) -> date:
    """The day that was written with its year, as in a register, which says nothing of when it was written; of a year
    of two digits the century is this one.

    Raises ValueError for what `read_day` takes seen from a day («3/12», «i går»), and for what it refuses.
    """
    said = _said(text)
    parts = next((found.groupdict() for shape in _WRITTEN if (found := shape.fullmatch(said))), {})
    year = parts.get("y")
    if not year:
        raise ValueError(f"no day with a year: {len(text)} signs")
    return _written(parts | {"y": year if len(year) == 4 else f"20{year}"}, date.max, Leaning.NEAREST)


def _said(text: str) -> str:
    """The text in one spelling. Raises ValueError for digits of other scripts, which could be anything."""
    if any(sign.isdigit() and not sign.isascii() for sign in text):
        raise ValueError("digits of another script")
    return " ".join(text.translate(_DASHES).casefold().split()).rstrip(".")


def _dated(said: str, on: date, leaning: Leaning) -> date | None:
    """The day of a text with a day and a month; None where it has none."""
    found = next((found for shape in _WRITTEN if (found := shape.fullmatch(said))), None)
    return _written(found.groupdict(), on, leaning) if found else None


def _written(parts: dict[str, str | None], on: date, leaning: Leaning) -> date:
    word = parts.get("word")
    month = MONTHS.get(word, 0) if word else int(parts["m"] or 0)
    number, year = int(parts["d"] or 0), parts["y"] or ""
    try:
        day = _in_year(year, month, number, on, leaning)
    except UncertainYear:
        raise
    except ValueError:
        raise _no_such_day(year, month, number) from None
    weekday = parts.get("weekday")
    if weekday and weekday != "den" and _WEEKDAYS.get(weekday) != day.weekday():
        raise UncertainDay(f"Kontrollera dagen: det blir {day_with_weekday(day)}.")
    return day


def _in_year(year: str, month: int, number: int, on: date, leaning: Leaning) -> date:
    """The day with its year of four digits, of two, or none. Raises ValueError where there is no such day."""
    if len(year) == 4:
        return date(int(year), month, number)
    if year:
        # Only of births is the century behind certain.
        way = Leaning.BIRTH if leaning is Leaning.BIRTH else Leaning.NEAREST
        return _nearest(on, way, lambda step: date(on.year // 100 * 100 + int(year) + 100 * step, month, number))
    return _without_year(on, leaning, lambda step: date(on.year + step, month, number))


def _no_such_day(year: str, month: int, number: int) -> ValueError:
    """The 31st of November, or 29 February of most years; nothing is said of what could be anything."""
    if not (1 <= month <= len(_MONTHS) and 1 <= number <= 31):
        return ValueError("no day of any month")
    of_year = f" {year}" if len(year) == 4 else " det året" if year else ""
    return UncertainDay(f"Det finns ingen {number} {_MONTHS[month - 1][-1]}{of_year}.")


def _either(weekday: str, on: date) -> ValueError:
    """«nästa tisdag» is the coming one to some people, and that of next week to others."""
    if weekday not in _WEEKDAYS:
        return ValueError("no day of the week")
    first = on + timedelta(days=(_WEEKDAYS[weekday] - on.weekday() - 1) % 7 + 1)
    days = f"{day_short(first)} eller {day_short(first + timedelta(days=7))}"
    return UncertainDay(f"Nästa {weekday} kan vara {days}. Skriv datumet.")


def _without_year(on: date, leaning: Leaning, at: Callable[[int], date]) -> date:
    day = _nearest(on, leaning, at)
    if leaning is Leaning.BIRTH or (day.year != on.year and day != _nearest(on, Leaning.NEAREST, at)):
        raise UncertainYear(day)
    return day


def _nearest(on: date, leaning: Leaning, at: Callable[[int], date]) -> date:
    """Of the days some steps (years or centuries) away, that which the leaning means. Raises ValueError without any."""
    days = []
    for step in range(-4, 5):
        try:
            days.append(at(step))
        except ValueError:
            # 29 February is in few years.
            continue
    if leaning in (Leaning.PAST, Leaning.BIRTH, Leaning.BEGUN):
        last = on + _SOON if leaning is Leaning.BEGUN else on
        return max(day for day in days if day <= last)
    if leaning is Leaning.COMING:
        return min(day for day in days if day >= on)
    return min(days, key=lambda day: abs((day - on).days))


def _away(found: re.Match[str], on: date) -> date:
    count = _NUMBERS.get(found["count"]) or int(found["count"])
    sign = 1 if found["om"] else -1
    if found["unit"] in ("månad", "månader"):
        return add_months(on, sign * count)
    if found["unit"] == "år":
        return add_months(on, sign * 12 * count)
    if found["unit"] not in _DAYS_OF:
        raise ValueError("no unit of time")
    return on + timedelta(days=sign * count * _DAYS_OF[found["unit"]])


def _on_weekday(found: re.Match[str], on: date, leaning: Leaning) -> date:
    """«på torsdag» is the next one, «i torsdags» the last, and the name alone leans; today is never meant."""
    wanted = _WEEKDAYS.get(found["weekday"].removesuffix("s") if found["past"] else found["weekday"])
    if wanted is None:
        raise ValueError("no day of the week")
    if found["past"] or (leaning is Leaning.PAST and not found["coming"]):
        return on - timedelta(days=(on.weekday() - wanted - 1) % 7 + 1)
    return on + timedelta(days=(wanted - on.weekday() - 1) % 7 + 1)
