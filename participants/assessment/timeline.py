"""Kartläggningar on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from core.enums import Category
from participants.models import Assessment, Enrolment
from participants.timeline.entries import (
    QUIET,
    CaseHistory,
    FactEntries,
    TimelineEntry,
    amended,
    from_register,
    paragraphs,
)
from participants.timeline.rows import FactRow, own_why, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow(FactRow):
    """A kartläggning that was finished on the row's day."""

    summary: str
    is_imported: bool
    assessment: UUID | None = None
    taken_back: bool = False
    why: str = ""


class AssessmentEntries(FactEntries[AssessmentRow]):
    """Every kartläggning, with the day of the enrolment on which it was finished."""

    row = AssessmentRow
    category = Category.ASSESSMENT

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            AssessmentRow,
            Assessment.objects.filter(readable(enrolment)),
            summary=F("summary__text"),
            is_imported=F("is_imported"),
            assessment=F("public_id"),
            taken_back=F("taken_back"),
            why=own_why(enrolment),
        )

    def entry(self, row: AssessmentRow, case: CaseHistory) -> TimelineEntry | None:
        address = reverse("assessment_detail", args=[row.assessment]) if row.assessment else ""
        if row.taken_back and case.enrolment.reading.is_own:
            title = "Kartläggningen är klar (återtagen)"
            return self.line(row, case, title, amended(row, "Återtagen"), kind=QUIET, url=address)
        if not row.is_current:
            return None
        days = (row.on - case.enrolment.enrolled_on).days
        when = from_register(row.on) if row.is_imported and not row.corrects else ""
        text = paragraphs(f"Dag {days}", row.summary, amended(row, "Rättad") if row.why else "")
        return self.line(row, case, "Kartläggningen är klar", text, when=when, url=address)
