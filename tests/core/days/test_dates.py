"""Months from an anchor day, month ends, workdays, and days by Stockholm's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.days.dates import add_months, is_free, month_end, stockholm_day, today, workday, workday_before

MONTHS = [
    ("2025-11-30", 3, "2026-02-28"),
    ("2023-11-30", 3, "2024-02-29"),
    ("2025-12-31", 3, "2026-03-31"),
    ("2025-12-31", 1, "2026-01-31"),
    ("2025-12-31", 2, "2026-02-28"),
    ("2026-01-31", 1, "2026-02-28"),
    ("2024-01-31", 1, "2024-02-29"),
    ("2026-01-30", 1, "2026-02-28"),
    ("2026-01-29", 1, "2026-02-28"),
    ("2026-01-28", 1, "2026-02-28"),
    ("2024-01-29", 1, "2024-02-29"),
    ("2024-01-28", 1, "2024-02-28"),
    ("2026-02-28", 1, "2026-03-28"),
    ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"),
    ("2024-02-29", 3, "2024-05-29"),
    ("2024-02-29", 6, "2024-08-29"),
    ("2026-03-31", 1, "2026-04-30"),
    ("2026-03-31", 3, "2026-06-30"),
    ("2026-03-31", 6, "2026-09-30"),
    ("2026-03-31", 9, "2026-12-31"),
    ("2026-03-31", 12, "2027-03-31"),
    ("2026-05-31", 1, "2026-06-30"),
    ("2026-08-31", 6, "2027-02-28"),
    ("2027-08-31", 6, "2028-02-29"),
    ("2026-08-30", 6, "2027-02-28"),
    ("2026-10-31", 1, "2026-11-30"),
    ("2026-12-01", 1, "2027-01-01"),
    ("2026-12-31", 12, "2027-12-31"),
    ("2026-06-15", 3, "2026-09-15"),
    ("2026-06-15", 6, "2026-12-15"),
    ("2026-06-15", 9, "2027-03-15"),
    ("2026-06-15", 12, "2027-06-15"),
    ("2026-06-15", 0, "2026-06-15"),
    ("2026-06-15", -3, "2026-03-15"),
    ("2026-05-31", -3, "2026-02-28"),
    ("2026-01-15", -1, "2025-12-15"),
    ("2026-03-31", -1, "2026-02-28"),
    ("2000-02-29", 1200, "2100-02-28"),
    ("1999-12-31", 2, "2000-02-29"),
]
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(("anchor", "months", "day"), MONTHS)
def test_months_from_an_anchor_day(anchor, months, day):
    assert add_months(date.fromisoformat(anchor), months) == date.fromisoformat(day)


def test_the_table_has_forty_rows():
    assert len({row[:2] for row in MONTHS}) == 40


def test_three_single_months_end_on_another_day_than_three_at_once():
    anchor = date(2025, 12, 31)
    stepwise = add_months(add_months(add_months(anchor, 1), 1), 1)
    assert (stepwise, add_months(anchor, 3)) == (date(2026, 3, 28), date(2026, 3, 31))


def test_going_back_is_not_the_way_back():
    assert add_months(add_months(date(2025, 11, 30), 3), -3) == date(2025, 11, 28)


@given(DAYS, st.integers(-600, 600))
def test_the_target_month_is_always_the_one_counted_to(day, months):
    found = add_months(day, months)
    assert found.year * 12 + found.month == day.year * 12 + day.month + months
    assert found.day == min(day.day, month_end(found).day)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-02-01", "2026-02-28"),
        ("2026-02-28", "2026-02-28"),
        ("2024-02-28", "2024-02-29"),
        ("2026-01-01", "2026-01-31"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_month_ends(day, end):
    assert month_end(date.fromisoformat(day)) == date.fromisoformat(end)


@given(DAYS)
def test_workdays_are_the_nearest_days_that_are_not_free(day):
    later, earlier = workday(day), workday_before(day)
    assert earlier <= day <= later
    for found in (later, earlier):
        assert found.weekday() < 5
        assert not is_free(found)
    between = [earlier + timedelta(days=days) for days in range(1, (later - earlier).days)]
    assert all(is_free(day) for day in between)


# Written off from almanacs, those on weekends left out.
HOLIDAYS = {
    2024: "01-01 03-29 04-01 05-01 05-09 06-06 06-21 12-24 12-25 12-26 12-31",
    2025: "01-01 01-06 04-18 04-21 05-01 05-29 06-06 06-20 12-24 12-25 12-26 12-31",
    2026: "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31",
    2027: "01-01 01-06 03-26 03-29 05-06 06-25 12-24 12-31",
    2030: "01-01 04-19 04-22 05-01 05-30 06-06 06-21 12-24 12-25 12-26 12-31",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_swedish_holidays_are_free(year):
    days = [date(year, 1, 1) + timedelta(days=days) for days in range(365)]
    free = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and is_free(day)]
    if year % 4 == 0 and is_free(date(year, 12, 31)):
        free.append("12-31")
    assert free == HOLIDAYS[year].split()


def test_after_christmas_comes_the_monday():
    assert workday(date(2026, 12, 24)) == date(2026, 12, 28)
    assert workday_before(date(2026, 12, 27)) == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Summer: two hours ahead. What happens late on 30 June by Greenwich belongs to July.
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 7, 1)),
        # Winter: one hour.
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        # The nights when the clock is moved.
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_moment_belongs_to_the_day_in_stockholm(moment, day):
    assert stockholm_day(moment) == day
    with time_machine.travel(moment, tick=False):
        assert today() == day
