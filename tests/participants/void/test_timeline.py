"""Wrong registrations on the timeline, from rows alone."""

import pytest

from core.enums import Category
from participants.enums import VoidState
from participants.void.timeline import VoidingEntries, VoidingRow, open_question
from tests.world.histories import ON, SAID, history, noon, row


def test_a_step_says_why_and_tells_of_no_readers() -> None:
    asked = row(VoidingRow, state=VoidState.ASKED, why="Fel projekt")
    (entry,) = VoidingEntries().entries(history(asked, shares=Category.STEPS))
    assert (entry.title, entry.text, entry.kind) == ("Felregistrering begärd", "Fel projekt", "quiet")
    assert (entry.when, entry.readers) == (SAID, "")


@pytest.mark.parametrize("state", VoidState)
def test_a_question_is_open_until_it_is_confirmed_dropped_or_undone(state: VoidState) -> None:
    now = row(VoidingRow, fact=2, state=state, why="")
    before = row(VoidingRow, state=VoidState.ASKED, why="", superseded_at=noon(ON))
    is_open = state in (VoidState.ASKED, VoidState.DECLINED)
    assert open_question(history(before, now)) == (now if is_open else None)


def test_without_a_step_nothing_is_asked() -> None:
    assert open_question(history()) is None
