"""Words of forms that couldn't be saved, on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from participants.models import Enrolment, KeptNote
from participants.timeline.entries import CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNoteRow(FactRow):
    """A text that a user of `owner` wrote in a form that couldn't be saved."""

    owner: str
    text: str
    note: UUID
    author: int


class KeptNoteEntries(FactEntries[KeptNoteRow]):
    """The own organisation's kept words; no consent opens them to another."""

    row = KeptNoteRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = KeptNote.objects.filter(readable(enrolment), owner=enrolment.reading.organisation_id)
        return part(
            KeptNoteRow,
            facts,
            owner=F("owner__name"),
            text=F("body__text"),
            note=F("public_id"),
            author=F("recorded_by"),
        )

    def entry(self, row: KeptNoteRow, case: CaseHistory) -> TimelineEntry:
        title = "Text ur ett formulär som inte gick att spara"
        return self.line(row, case, title, row.text, readers=row.owner, url=_page(row, case))


def _page(row: KeptNoteRow, case: CaseHistory) -> str:
    """Where its author and the coordinators move it to the right person; empty for others."""
    reading = case.enrolment.reading
    is_theirs = reading.coordinates or row.author == reading.author_id
    return reverse("kept_note_misplaced", args=[row.note]) if is_theirs else ""
