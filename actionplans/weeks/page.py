"""The week as pages show it: its days side by side, how long each is, and which of the days to come is a holiday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from actionplans.weeks.entries import Entry, Week, hours_in_words
from core.days.dates import is_holiday
from core.swedish.words import MONTHS, NBSP, WEEKDAYS

_WORKDAYS: Final = 5
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


def holidays_ahead(week: Week, on: date) -> list[str]:
    """«6 januari är helgdag», for each of the seven days from `on` that the week has a time on."""
    busy = {entry.weekday for entry in week.entries}
    ahead = (on + timedelta(days=days) for days in range(len(WEEKDAYS)))
    return [_said(day) for day in ahead if day.weekday() in busy and is_holiday(day)]


def _said(day: date) -> str:
    counts = "räknas som helgdag" if _is_eve(day) else "är helgdag"
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {counts}"


def _is_eve(day: date) -> bool:
    """Whether a holiday is an eve. Late in June it is midsommarafton."""
    return (day.month, day.day) in _EVES or (day.month == 6 and day.day > 18)
