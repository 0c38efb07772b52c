"""Days in the words of the case page and the work list, without a year where it can be understood."""

from datetime import date

from core.swedish.words import day_short, weekday


def near(value: date, on: date) -> str:
    """«12 feb»; with its year if that isn't the year of `on`."""
    return day_short(value) if value.year == on.year else f"{day_short(value)} {value.year}"


def weekday_near(value: date, on: date) -> str:
    """«måndag 12 februari»; with its year if that isn't the year of `on`."""
    return weekday(value) if value.year == on.year else f"{weekday(value)} {value.year}"
