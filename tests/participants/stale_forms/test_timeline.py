"""Kept words on the timeline, from rows alone."""

from uuid import uuid4

from core.enums import Category
from participants.scope.reading import CaseReading
from participants.stale_forms.timeline import KeptNoteEntries, KeptNoteRow
from tests.world.histories import SAID, history, row


def test_names_the_writers_organisation_as_the_only_reader() -> None:
    kept = row(KeptNoteRow, owner="Af", text="Ring på fredag.", note=uuid4(), author=0)
    case = history(kept, shares=Category.MEETINGS)
    case.enrolment.reading = CaseReading(1, is_own=True, grants=(), author_id=2)
    (entry,) = KeptNoteEntries().entries(case)
    assert entry.title == "Text ur ett formulär som inte gick att spara"
    assert (entry.text, entry.readers, entry.when) == ("Ring på fredag.", "Af", SAID)
