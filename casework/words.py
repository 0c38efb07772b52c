"""Days near another, as the case page and the work list say them."""

from datetime import date

from core.swedish.words import day_short, weekday


def near(value: date, on: date) -> str:
    """«12 feb»; with its year where that is another than that of `on`."""
    return day_short(value) if value.year == on.year else f"{day_short(value)} {value.year}"


def weekday_near(value: date, on: date) -> str:
    """«måndag 12 februari»; with its year where that is another than that of `on`."""
    return weekday(value) if value.year == on.year else f"{weekday(value)} {value.year}"
