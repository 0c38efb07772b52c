"""Who has answered for a case, on the timeline, from rows alone."""

from datetime import date

from participants.assignment.timeline import ResponsibleEntries, ResponsibleRow
from participants.enrolment.timeline import BeginningRow
from tests.world.histories import BEGAN, SAID, history, noon, row

FIRST = {"fact": 1, "name": "Hanna", "on": BEGAN}


def told(*rows) -> list[tuple[str, str]]:
    return [(entry.title, entry.text) for entry in ResponsibleEntries().entries(history(*rows))]


def test_a_change_says_who_came_before() -> None:
    came, second = row(BeginningRow, on=BEGAN), row(ResponsibleRow, fact=2, name="Jonas")
    assert told(came, second, row(ResponsibleRow, **FIRST)) == [("Ny ansvarig: Jonas", "Förut: Hanna.")]
    (entry,) = ResponsibleEntries().entries(history(second))
    assert (entry.when, entry.kind, entry.readers) == (SAID, "quiet", "")


def test_the_first_is_a_change_only_after_the_enrolment() -> None:
    came = row(BeginningRow, on=BEGAN)
    later = row(ResponsibleRow, **{**FIRST, "recorded_at": noon(date(2026, 3, 2))})
    assert told(came, later) == [("Ny ansvarig: Hanna", "Förut: ingen.")]
    assert told(came, row(ResponsibleRow, **FIRST)) == []
    before = row(ResponsibleRow, **{**FIRST, "on": date(2026, 2, 27)})
    assert told(came, before) == []
