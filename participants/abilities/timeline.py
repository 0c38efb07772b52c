"""Views of the ability to work on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from participants.abilities.parties import AbilityAnswer, AbilityParty
from participants.abilities.words import whose_view
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import AbilityStatement, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityRow(AmendedRow):
    """A party's view from the row's day."""

    public_id: UUID
    party: AbilityParty
    answer: AbilityAnswer
    words: str
    # Key of the version that was written first: one that is corrected keeps its place among those of its day.
    root: int


class AbilityEntries(FactEntries[AbilityRow]):
    """Views in their newest versions; those that were taken back stand struck. Who reads one depends on whose it is."""

    row = AbilityRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            AbilityRow,
            AbilityStatement.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            party=F("party"),
            answer=F("answer"),
            words=F("words__text"),
            root=Coalesce("first_id", "pk"),
            **amended(enrolment),
        )

    def entry(self, row: AbilityRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("ability_edit", row.public_id)
        title = whose_view(row.party)
        if row.taken_back:
            why = row.told_why("Återtagen")
            return self.line(row, case, f"{title} (återtagen)", why, kind=QUIET, url=url)
        said = paragraphs(f"{row.answer.label}.", row.words, row.told_why("Rättad") if row.why else "")
        return self.line(row, case, title, said, url=url)


def abilities_now(case: CaseHistory) -> list[AbilityRow]:
    """The view of each party that holds, its latest, in the order of the table. No queries."""
    rows = sorted(case.current(AbilityRow), key=lambda row: (row.on, row.root))
    latest = {row.party: row for row in rows}
    return [latest[party] for party in AbilityParty if party in latest]
