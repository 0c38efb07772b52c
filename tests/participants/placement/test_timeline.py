"""Placements on the timeline, from rows alone."""

from datetime import date
from uuid import uuid4

import pytest

from core.enums import Category
from participants.placement.timeline import PlacementEntries, PlacementRow
from tests.world.histories import ON, SAID, history, row


@pytest.mark.parametrize(
    ("until", "text"),
    [
        (None, "Köket. Handledare: Hedda Ek."),
        (date(2026, 5, 1), "Köket till och med 30 april 2026. Handledare: Hedda Ek."),
    ],
)
def test_says_where_until_when_and_with_whom(until: date | None, text: str) -> None:
    placement = row(PlacementRow, public_id=uuid4(), place="Köket", supervisor="Hedda Ek", until=until)
    (entry,) = PlacementEntries().entries(history(placement, shares=Category.PLAN))
    assert (entry.title, entry.text.replace("\xa0", " "), entry.when) == ("Placering", text, SAID)
    assert entry.readers == "Vuxenenheten · Af till maj"


def test_the_day_it_ends_is_outside() -> None:
    placement = row(PlacementRow, public_id=uuid4(), place="", supervisor="", until=date(2026, 3, 13))
    days = [date(2026, 3, day) for day in (10, 11, 12, 13)]
    assert [placement.period.holds(day) for day in days] == [False, True, True, False]
    assert row(PlacementRow, public_id=uuid4(), place="", supervisor="", until=None).period.holds(ON)
