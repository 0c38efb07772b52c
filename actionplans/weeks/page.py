"""The week as pages show it: its days side by side, how long each is, and which of the days to come is a holiday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from actionplans.weeks.entries import Entry, Week, hours_in_words
from core.days.dates import is_holiday
from core.swedish.words import MONTHS, NBSP, NOTHING, WEEKDAYS

_WORKDAYS: Final = 5
_TWO: Final = 2
_EVES: Final = ((12, 24), (12, 31))


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of the week with its times, which may be none."""

    name: str
    entries: Sequence[Entry]

    @property
    def hours(self) -> str:
        """«4 timmar»; empty for a free day."""
        minutes = sum(entry.minutes for entry in self.entries)
        return hours_in_words(minutes) if minutes else ""


def days_of(week: Week) -> list[WeekDay]:
    """Monday to Friday, and the days of the weekend that have a time; none without a week."""
    if not week:
        return []
    days = [WeekDay(name, [row for row in week.entries if row.weekday == day]) for day, name in enumerate(WEEKDAYS)]
    return [day for place, day in enumerate(days) if place < _WORKDAYS or day.entries]


def in_short(text: str) -> str:
    """A kept text for somebody who reads many: days that follow one another with the same times stand together,
    «Måndag–fredag 8.30–13.30 · Arbetsträning». Words that are no week are given back as they are."""
    days = [day for day in days_of(Week.of(text)) if day.entries]
    if not days:
        return text
    lines: list[str] = []
    for same in _runs(days):
        lines += [f"{_names(same).capitalize()} {entry.in_a_day}" for entry in same[0].entries]
    return "\n".join(lines)


def holidays_ahead(week: Week, on: date) -> list[str]:
    """«6 januari är helgdag», for each of the seven days from `on` that the week has a time on."""
    busy = {entry.weekday for entry in week.entries}
    ahead = (on + timedelta(days=days) for days in range(len(WEEKDAYS)))
    return [_said(day) for day in ahead if day.weekday() in busy and is_holiday(day)]


def _runs(days: Sequence[WeekDay]) -> list[list[WeekDay]]:
    """The days in pieces: those next to each other that have the same times. Saturday follows Friday."""
    runs: list[list[WeekDay]] = []
    for day in days:
        if runs and _follows(runs[-1][-1], day):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _names(run: Sequence[WeekDay]) -> str:
    first, last = run[0].name, run[-1].name
    return first if len(run) == 1 else f"{first} och {last}" if len(run) == _TWO else f"{first}{NOTHING}{last}"


def _follows(one: WeekDay, other: WeekDay) -> bool:
    same = [entry.in_a_day for entry in one.entries] == [entry.in_a_day for entry in other.entries]
    return same and other.entries[0].weekday == one.entries[0].weekday + 1


def _said(day: date) -> str:
    counts = "räknas som helgdag" if _is_eve(day) else "är helgdag"
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {counts}"


def _is_eve(day: date) -> bool:
    """Whether a holiday is an eve. Late in June it is midsommarafton."""
    return (day.month, day.day) in _EVES or (day.month == 6 and day.day > 18)
