"""Days in the words of the case page and the work list, without a year where it can be understood."""

from datetime import date

from core.swedish.words import day_short


def near(value: date, on: date) -> str:
    """«12 feb»; with its year if that isn't the year of `on`."""
    return day_short(value) if value.year == on.year else f"{day_short(value)} {value.year}"
