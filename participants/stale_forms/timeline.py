"""Words of forms that couldn't be saved, on the timeline."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from participants.models import Enrolment, KeptNote
from participants.timeline.entries import CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNoteRow(FactRow):
    """A text that a user of `owner` wrote in a form that couldn't be saved."""

    owner: str
    text: str


class KeptNoteEntries(FactEntries[KeptNoteRow]):
    """The own organisation's kept words; no consent opens them to another."""

    row = KeptNoteRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = KeptNote.objects.filter(readable(enrolment), owner=enrolment.reading.organisation_id)
        return part(KeptNoteRow, facts, owner=F("owner__name"), text=F("body__text"))

    def entry(self, row: KeptNoteRow, case: CaseHistory) -> TimelineEntry:
        return self.line(row, case, "Text ur ett formulär som inte gick att spara", row.text, readers=row.owner)
