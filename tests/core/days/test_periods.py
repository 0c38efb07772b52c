"""Periods: days in a row, as people say them and as columns hold them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days.periods import ONE_DAY, Period
from projects.models import Membership
from tests.world.factories import MembershipFactory

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
PERIODS = st.builds(Period, DAYS, st.none() | DAYS)
ALL_DAYS = [date(2025, 12, 30) + number * ONE_DAY for number in range(30)]


def _days(period):
    return {day for day in ALL_DAYS if period.holds(day)}


@given(PERIODS)
def test_columns_give_the_period_back(period):
    assert Period.of(period.first, period.until) == period


@given(PERIODS, PERIODS)
def test_two_periods_overlap_where_they_share_a_day(period, other):
    both_have_days = bool(_days(period) and _days(other))
    if both_have_days:
        assert period.overlaps(other) == bool(_days(period) & _days(other))
    assert period.overlaps(other) == other.overlaps(period)


def test_the_first_and_the_last_day_are_counted():
    period = Period(date(2026, 1, 5), date(2026, 1, 7))
    assert [day.day for day in sorted(_days(period))] == [5, 6, 7]
    assert period.until == date(2026, 1, 8)
    assert Period(date(2026, 1, 5)).until is None


def test_what_ended_on_its_first_day_had_begun():
    day = date(2026, 1, 5)
    period = Period.of(day, day)
    assert not period.holds(day)
    assert (period.last, period.last_begun) == (day - ONE_DAY, day)


@pytest.mark.django_db
@pytest.mark.parametrize("until", [None, 5, 6, 10])
@pytest.mark.parametrize("length", [None, 0, 1, 4])
def test_the_query_says_what_the_period_says(until, length):
    first = date(2026, 1, 5)
    row = MembershipFactory(valid_from=first, valid_until=until and date(2026, 1, until))
    held, period = Membership.objects.filter(pk=row.pk), row.period
    for day in ALL_DAYS:
        assert held.on(day).exists() == period.holds(day)
        assert held.on_or_after(day).exists() == (not period.is_over(day))
        if _days(period):
            asked = Period(day, None if length is None else day + length * ONE_DAY)
            assert held.overlapping(asked).exists() == period.overlaps(asked)
    assert held.on_or_after(date(2025, 1, 1)).exists()
    assert held.on_or_after(date(2027, 1, 1)).exists() == (until is None)
