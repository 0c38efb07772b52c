"""Sick-listings as rows of a case."""

from datetime import date

from participants.sick_listing.timeline import SickListingEntries, SickListingRow
from tests.world.histories import history, row


def test_the_timeline_tells_none() -> None:
    assert list(SickListingEntries().entries(history(row(SickListingRow, until=None)))) == []


def test_the_day_it_ends_is_outside() -> None:
    listing = row(SickListingRow, until=date(2026, 3, 13))
    days = [date(2026, 3, day) for day in (10, 11, 12, 13)]
    assert [listing.period.holds(day) for day in days] == [False, True, True, False]
