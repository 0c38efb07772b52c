"""Calendar arithmetic. "Today" is asked for once per request and passed on as an argument."""

import calendar
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def today() -> date:
    """The calendar day in Stockholm now."""
    return timezone.now().astimezone(STOCKHOLM).date()


def stockholm_day(moment: datetime) -> date:
    """The calendar day in Stockholm of an aware moment."""
    return moment.astimezone(STOCKHOLM).date()


def add_months(day: date, months: int) -> date:
    """The day with the same number `months` later, or the last day of that month where it is shorter.

    Always count from the anchor day: three single steps from 31 December end on another day than one of three.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def month_end(day: date) -> date:
    """The last day of the month that holds `day`."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def quarter_of(day: date) -> int:
    """The number of the day's quarter: the next one has the next number, also in the next year."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_end(quarter: int) -> date:
    """The last day of the quarter with that number."""
    return month_end(date(quarter // 4, quarter % 4 * 3 + 3, 1))


def workday(day: date) -> date:
    """The day itself, or the first day after a weekend or a holiday."""
    while is_free(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=2_000)  # asked of each case in a list, and many begin on one day
def after_workdays(day: date, number: int) -> date:
    """The workday that is so many workdays after the day, which counts for none itself."""
    for _ in range(number):
        day = workday(day + timedelta(days=1))
    return day


@lru_cache(maxsize=2_000)
def before_workdays(day: date, number: int) -> date:
    """The workday that is so many workdays before the day, which counts for none itself: what began earlier has had
    that many, as `after_workdays` counts them, when the day comes."""
    for _ in range(number):
        day = workday_before(day - timedelta(days=1))
    return day


def workday_before(day: date) -> date:
    """The day itself, or the last day before a weekend or a holiday."""
    while is_free(day):
        day -= timedelta(days=1)
    return day


def is_free(day: date) -> bool:
    """Whether the day is in a weekend, a Swedish public holiday, or one of the three eves that count as such."""
    return day.weekday() >= 5 or day in _holidays(day.year)


def is_holiday(day: date) -> bool:
    """Whether the day is a Swedish public holiday that needn't fall on a weekend, or one of the three eves that count
    as such."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    """Free days of a year that needn't fall on a weekend; midsommarafton is the Friday of 19 to 25 June."""
    easter = _easter(year)
    fixed = {date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))}
    midsummer_eve = date(year, 6, 25) - timedelta(days=(date(year, 6, 25).weekday() - 4) % 7)
    return frozenset({*fixed, midsummer_eve, *(easter + timedelta(days=days) for days in (-2, 1, 39))})


def _easter(year: int) -> date:
    """Easter Sunday, by the rule of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    el = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + el - 7 * ((a + 11 * h + 22 * el) // 451) + 114, 31)
    return date(year, month, day + 1)
