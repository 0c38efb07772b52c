"""Sick-listings as rows of a case."""

from datetime import date
from uuid import uuid4

from participants.sick_listing.timeline import SickListingEntries, SickListingRow
from tests.world.histories import ON, history, noon, row


def listing(**fields) -> SickListingRow:
    return row(SickListingRow, **{"public_id": uuid4(), "percent": 100, "until": None, "root": 1, **fields})


def test_each_stands_as_it_was_written() -> None:
    (entry,) = SickListingEntries().entries(history(listing()))
    assert (entry.title, entry.text.replace("\xa0", " ")) == ("Sjukskrivning", "100 %, från 11 mars 2026.")


def test_what_others_leave_of_it_is_said() -> None:
    written = listing(superseded_at=noon(ON))
    piece = listing(fact=2, corrects=1, until=date(2026, 3, 20))
    for rows, said in (([written, piece], "Gäller 11 mars 2026 – 19 mars 2026."), ([written], "Andra sjukskrivningar")):
        (entry,) = SickListingEntries().entries(history(*rows))
        assert said in entry.text.replace("\xa0", " ")


def test_the_day_it_ends_is_outside() -> None:
    listing = row(SickListingRow, public_id=uuid4(), percent=100, until=date(2026, 3, 13))
    days = [date(2026, 3, day) for day in (10, 11, 12, 13)]
    assert [listing.period.holds(day) for day in days] == [False, True, True, False]
