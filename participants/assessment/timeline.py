"""Kartläggningar on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from core.swedish.words import decimal
from participants.amending.timeline import AmendedRow, amended
from participants.models import Assessment, Enrolment
from participants.timeline.entries import (
    QUIET,
    CaseHistory,
    FactEntries,
    TimelineEntry,
    from_register,
    paragraphs,
)
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow(AmendedRow):
    """A kartläggning that was finished on the row's day."""

    summary: str
    is_imported: bool
    assessment: UUID | None = None


class AssessmentEntries(FactEntries[AssessmentRow]):
    """Every kartläggning, with the day of the enrolment on which it was finished."""

    row = AssessmentRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            AssessmentRow,
            Assessment.objects.filter(readable(enrolment)),
            summary=F("summary__text"),
            is_imported=F("is_imported"),
            assessment=F("public_id"),
            **amended(enrolment),
        )

    def entry(self, row: AssessmentRow, case: CaseHistory) -> TimelineEntry | None:
        address = case.address("assessment_detail", row.assessment) if row.assessment else ""
        if row.taken_back and case.enrolment.reading.is_own:
            title = "Kartläggningen är klar (återtagen)"
            return self.line(row, case, title, row.told_why("Återtagen"), kind=QUIET, url=address)
        if not row.is_current:
            return None
        days = (row.on - case.enrolment.enrolled_on).days
        when = from_register(row.on) if row.is_imported and not row.corrects else ""
        text = paragraphs(f"Dag {decimal(days, 0)}", row.summary, row.told_why("Rättad") if row.why else "")
        return self.line(row, case, "Kartläggningen är klar", text, when=when, url=address)
