"""Meetings on the timeline, from rows alone."""

from uuid import UUID

import pytest
from django.urls import reverse

from actionplans.enums import MeetingKind, ReaderLevel
from actionplans.meetings.timeline import MeetingEntries, MeetingRow, NoteEntries, NoteRow
from core.enums import Category
from tests.world.histories import ON, SAID, history, row

HELD = UUID(int=7)


def meeting(**fields) -> MeetingRow:
    said = {"meeting": HELD, "kind": MeetingKind.PHONE, "participant_present": True, "in_emergency": False, "owner": 1}
    return row(MeetingRow, **{**said, "next_meeting_on": None, **fields})


def note(text: str, **fields) -> NoteRow:
    said = {"meeting": HELD, "owner": "Vuxenenheten", "version": 1, "reader_level": ReaderLevel.OWN}
    return row(NoteRow, text=text, **{**said, **fields})


def test_a_meeting_is_told_with_its_own_notes_and_who_can_read_them() -> None:
    others = note("Ett annat möte.", meeting=UUID(int=8), owner="Frånvarande")
    case = history(meeting(), note("Ringde."), others, note("Af lovade plats.", owner="Af"))
    (entry,) = MeetingEntries().entries(case)
    assert (entry.on, entry.when, entry.title) == (ON, SAID, "Telefonsamtal")
    assert entry.text == "Ringde.\n\nAf lovade plats."
    assert entry.readers == "Vuxenenheten · Af"
    assert entry.url == reverse("meeting_detail", args=[HELD])
    assert list(NoteEntries().entries(case)) == []


@pytest.mark.parametrize(
    ("level", "readers"), [(ReaderLevel.OWN, "Vuxenenheten"), (ReaderLevel.CONSENTED, "Vuxenenheten · Af till maj")]
)
def test_consent_opens_a_note_that_was_written_for_others_and_no_other(level: ReaderLevel, readers: str) -> None:
    case = history(meeting(), note("Sagt.", reader_level=level), shares=Category.MEETINGS)
    assert [entry.readers for entry in MeetingEntries().entries(case)] == [readers]


def test_a_corrected_note_says_when_and_by_whom() -> None:
    (entry,) = MeetingEntries().entries(history(meeting(), note("Kom i tid.", version=2)))
    assert entry.text.replace("\xa0", " ") == (
        "Kom i tid.\n\nRättad 11 mars 2026 av Hanna Handläggare. Den förra lydelsen står på mötets sida."
    )


def test_who_was_there() -> None:
    assert meeting().is_with_participant
    assert not meeting(participant_present=False).is_with_participant
    assert not meeting(kind=MeetingKind.NO_SHOW).is_with_participant
