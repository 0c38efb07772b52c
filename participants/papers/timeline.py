"""Signed papers on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from core.swedish.words import plural
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment, SignedPaper
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow(AmendedRow):
    """A paper that was signed on the row's day: under the plan with this number, or a consent."""

    public_id: UUID
    owner: str
    number: int | None
    pages: int


class PaperEntries(FactEntries[PaperRow]):
    """The own organisation's signed papers, in the newest words about them; those that were taken back stand struck."""

    row = PaperRow
    glyph = "plan"

    def facts(self, enrolment: Enrolment) -> QuerySet:
        own = SignedPaper.objects.filter(readable(enrolment), owner=enrolment.reading.organisation_id)
        return part(
            PaperRow,
            own.filter(TOLD),
            public_id=F("public_id"),
            owner=F("owner__name"),
            number=F("number"),
            pages=F("file__pages"),
            **amended(enrolment),
        )

    def entry(self, row: PaperRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("paper_edit", row.public_id)
        if row.taken_back:
            title, why = "Underskrivet papper (återtaget)", row.told_why("Återtaget")
            return self.line(row, case, title, why, kind=QUIET, readers=row.owner, url=url)
        matter = "Samtycke" if row.number is None else f"Plan {row.number}"
        said = f"{matter}, {plural(row.pages, 'sida,sidor')}."
        why = row.told_why("Rättat") if row.why else ""
        title = "Underskrivet papper"
        return self.line(row, case, title, paragraphs(said, why), kind=QUIET, readers=row.owner, url=url)
