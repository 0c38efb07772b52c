"""Sick-listings as rows of a case."""

from datetime import date
from uuid import uuid4

from participants.sick_listing.timeline import SickListingEntries, SickListingRow
from tests.world.histories import history, row


def test_the_timeline_tells_none() -> None:
    assert (
        list(SickListingEntries().entries(history(row(SickListingRow, public_id=uuid4(), percent=100, until=None))))
        == []
    )


def test_the_day_it_ends_is_outside() -> None:
    listing = row(SickListingRow, public_id=uuid4(), percent=100, until=date(2026, 3, 13))
    days = [date(2026, 3, day) for day in (10, 11, 12, 13)]
    assert [listing.period.holds(day) for day in days] == [False, True, True, False]
