"""Sheets for workplaces on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from actionplans.models import WorkplaceSheet
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplaceSheetRow(AmendedRow):
    """A sheet for a workplace that the participant agreed to on the row's day."""

    public_id: UUID
    place: str


class SheetEntries(FactEntries[WorkplaceSheetRow]):
    """Sheets in their newest versions; those that were taken back stand struck."""

    row = WorkplaceSheetRow
    names_readers = True
    glyph = "plan"

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            WorkplaceSheetRow,
            WorkplaceSheet.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            place=F("place__text"),
            **amended(enrolment),
        )

    def entry(self, row: WorkplaceSheetRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("workplace_sheet_edit", row.public_id)
        title = "Blad till arbetsplatsen"
        if row.taken_back:
            return self.line(row, case, f"{title} (återtaget)", row.told_why("Återtaget"), kind=QUIET, url=url)
        said = f"{row.place}." if row.place else "Platsen är borttagen."
        why = row.told_why("Rättat") if row.why else ""
        return self.line(row, case, title, paragraphs(said, why), kind=QUIET, url=url)
