"""Talk support on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.enums import TalkHolder
from participants.models import Enrolment, SupportTalk
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow(AmendedRow):
    """A talk of the row's day, and its length in minutes."""

    public_id: UUID
    held_by: str
    minutes: int


class TalkEntries(FactEntries[TalkRow]):
    """Talks in their newest versions; those that were taken back stand struck."""

    row = TalkRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            TalkRow,
            SupportTalk.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            held_by=F("held_by"),
            minutes=F("minutes"),
            **amended(enrolment),
        )

    def entry(self, row: TalkRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("talk_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Stödsamtal (återtaget)", row.told_why("Återtaget"), kind=QUIET, url=url)
        said = f"{TalkHolder(row.held_by).label}, {row.minutes} minuter."
        why = row.told_why("Rättat") if row.why else ""
        return self.line(row, case, "Stödsamtal", paragraphs(said, why), kind=QUIET, url=url)
