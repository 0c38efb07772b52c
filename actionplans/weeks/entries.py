"""The week of a plan: when somebody is where, and with what, on each day.

A week is kept as a text, one line for each time: «Måndag 9.00–12.30 · Arbetsträning · Återbruket». So it is moved,
blanked, searched for names and read aloud as the plan's other words are (docs/adr/0041). A text is a week where a week
would have written it so; anything else is words, from when the week was written in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from core.swedish.words import NOTHING, SHORT_WEEKDAYS, WEEKDAYS, decimal

# Between the parts of a line; no part has it.
SEPARATOR: Final = "·"
LONGEST_WORDS: Final = 120
DAY_IN_MINUTES: Final = 24 * 60
MAX_TIMES: Final = 28

_TIME: Final = r"(?:kl\.?\s*)?(\d{1,2})(?:[.:,]?(\d{2}))?"
_UNTIL: Final = r"\s*(?:[-\u2013\u2014\u2212]|\btill\b)\s*"
_WHOLE_TIME: Final = re.compile(_TIME, re.IGNORECASE)
_BETWEEN: Final = re.compile(_UNTIL, re.IGNORECASE)
_TIMES: Final = re.compile(rf"{_TIME}{_UNTIL}{_TIME}(?![\d.:])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A time of the week. `weekday` counts from 0 (Monday), `start` and `end` are minutes from midnight, to 1440."""

    weekday: int
    start: int
    end: int
    what: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError for words that a line can't hold, and times that are none."""
        if self.what != plain(self.what) or self.where != plain(self.where) or fault_of(self.start, self.end):
            raise ValueError(self)

    def __str__(self) -> str:
        """«Måndag 9.00–12.30 · Arbetsträning · Återbruket»."""
        return f"{WEEKDAYS[self.weekday].capitalize()} {self.in_a_day}"

    @property
    def in_a_day(self) -> str:
        """«9.00–12.30 · Arbetsträning · Återbruket»."""
        words = [self.what or NOTHING, self.where] if self.where else [self.what] if self.what else []
        return f" {SEPARATOR} ".join([self.hours, *words])

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start

    @property
    def hours(self) -> str:
        """«9.00–12.30»."""
        return f"{clock(self.start)}{NOTHING}{clock(self.end)}"


@dataclass(frozen=True, slots=True)
class Week:
    """The times of a week, in order; empty where none is entered."""

    entries: tuple[Entry, ...] = ()

    def __str__(self) -> str:
        """The text that is kept, a line for each time; empty for an empty week."""
        return "\n".join(map(str, self.entries))

    def __bool__(self) -> bool:
        """Whether there is any time in it."""
        return bool(self.entries)

    @classmethod
    def of(cls, text: str) -> Self:
        """The week that a kept text is; empty where the text is words."""
        try:
            week = read_lines(text)
        except FaultyLine:
            return cls()
        return cls(week) if str(cls(week)) == text else cls()

    @property
    def minutes(self) -> int:
        """The whole week's length."""
        return sum(entry.minutes for entry in self.entries)

    @property
    def total(self) -> str:
        """«18 timmar i veckan»."""
        return f"{hours_in_words(self.minutes)} i veckan"


NO_WEEK: Final = Week()


class FaultyLine(ValueError):
    """A line that is no time of a week: its number, from 1, and why."""

    def __init__(self, number: int, said: str) -> None:
        super().__init__(f"Rad {number}: {said}")


def clock(minutes: int) -> str:
    """570 → «9.30»."""
    return f"{minutes // 60}.{minutes % 60:02}"


def hours_in_words(minutes: int) -> str:
    """90 → «1,5 timmar», 60 → «1 timme», 75 → «1 tim 15 min», 45 → «45 minuter»."""
    if minutes < 60:
        return f"{minutes} minuter"
    if minutes % 30:
        return f"{minutes // 60} tim {minutes % 60} min"
    said = decimal(minutes / 60).removesuffix(",0")
    return f"{said} {'timme' if minutes == 60 else 'timmar'}"


def read_time(text: str) -> int | None:
    """Minutes from midnight of a time as people write it: «9», «9.30», «09:30», «0930», «kl. 9». None where it can't be
    read."""
    found = _WHOLE_TIME.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    whole = hours * 60 + minutes
    return whole if minutes < 60 and whole <= DAY_IN_MINUTES else None


def from_until(text: str) -> tuple[str, str]:
    """«9–13» as the two texts «9» and «13»; the second is empty where there is but one time."""
    start, *rest = _BETWEEN.split(text.strip(), maxsplit=1)
    return start, rest[0] if rest else ""


def read_day(text: str) -> int | None:
    """The weekday, from 0, of a name or its beginning: «måndag», «mån», «to»; None for another word."""
    word = text.strip().rstrip(".:").lower()
    whole = [WEEKDAYS, SHORT_WEEKDAYS]
    found = {day for names in whole for day, name in enumerate(names) if len(word) > 1 and name.startswith(word)}
    return found.pop() if len(found) == 1 else None


def overlaps(entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Places of times that begin before another one of the same day has ended, each with the place of that one."""
    found = []
    for place, entry in enumerate(entries):
        for earlier, other in enumerate(entries[:place]):
            if entry.weekday == other.weekday and entry.start < other.end and other.start < entry.end:
                found.append((place, earlier))
                break
    return found


def plain(text: str) -> str:
    """Words without the sign that parts a line."""
    words = " ".join(text.replace(SEPARATOR, "-").split())
    return "" if words == NOTHING else words


def read_lines(text: str) -> tuple[Entry, ...]:
    """The times that are written in the lines of a text, in order. Raises FaultyLine for the first that is none."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for number, _ in lines[MAX_TIMES:]:
        raise FaultyLine(number, f"en vecka har högst {MAX_TIMES} tider.")
    entries = [_read_line(number, line) for number, line in lines]
    for later, earlier in overlaps(entries):
        raise FaultyLine(lines[later][0], f"tiden går in i rad {lines[earlier][0]}, samma dag.")
    return tuple(sorted(entries, key=in_order))


def in_order(entry: Entry) -> tuple[int, int]:
    """The key by which a week is sorted; its words may be changed, so they are no part of it."""
    return entry.weekday, entry.start


def fault_of(start: int | None, end: int | None) -> str:
    """The fault of two times, as the end of a sentence; empty where they are right."""
    if start is None or end is None:
        return "skriv tiden som 9 eller 9.30."
    return "till ska vara efter från." if end <= start else ""


def _read_line(number: int, line: str) -> Entry:
    day_name, _, rest = line.partition(" ")
    day = read_day(day_name)
    if day is None:
        raise FaultyLine(number, "börja med en dag, till exempel måndag 9–13.")
    times = _TIMES.match(rest.strip())
    if times is None:
        raise FaultyLine(number, "skriv från och till, till exempel måndag 9–13.")
    start, end = map(read_time, from_until(times[0]))
    if fault := fault_of(start, end):
        raise FaultyLine(number, fault)
    what, where = _words(rest.strip()[times.end() :])
    if max(len(what), len(where)) > LONGEST_WORDS:
        raise FaultyLine(number, f"skriv högst {LONGEST_WORDS} tecken om vad och lika många om var.")
    return Entry(day, start or 0, end or 0, what, where)


def _words(text: str) -> tuple[str, str]:
    """The words after the times: what, and where. Typed, a comma parts them too."""
    if SEPARATOR in text:
        what, _, where = text.removeprefix(SEPARATOR).partition(SEPARATOR)
    else:
        what, _, where = text.lstrip(" ,:").partition(",")
    return plain(what), plain(where)
