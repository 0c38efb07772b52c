"""Calendar arithmetic. "Today" is asked for once per request and passed on as an argument."""

import calendar
from datetime import date, datetime, timedelta
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
    """The same day `months` later, or the last day of that month where it is shorter.

    Always count from the anchor day: three single steps from 31 December end on another day than one of three.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def month_end(day: date) -> date:
    """The last day of the month that holds `day`."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def latest_month_end(day: date) -> date:
    """The latest month end that is not after `day`."""
    end = month_end(day)
    return end if end == day else date(day.year, day.month, 1) - timedelta(days=1)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day
