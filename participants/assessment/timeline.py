"""Kartläggningar on the timeline."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from core.enums import Category
from participants.models import Assessment, Enrolment
from participants.timeline.entries import CaseHistory, FactEntries, TimelineEntry, from_register, paragraphs
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow(FactRow):
    """A kartläggning that was finished on the row's day."""

    summary: str
    is_imported: bool


class AssessmentEntries(FactEntries[AssessmentRow]):
    """Every kartläggning, with the day of the enrolment on which it was finished."""

    row = AssessmentRow
    category = Category.ASSESSMENT

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = Assessment.objects.filter(readable(enrolment))
        return part(AssessmentRow, facts, summary=F("summary__text"), is_imported=F("is_imported"))

    def entry(self, row: AssessmentRow, case: CaseHistory) -> TimelineEntry:
        days = (row.on - case.enrolment.enrolled_on).days
        when = from_register(row.on) if row.is_imported else ""
        return self.line(row, case, "Kartläggningen är klar", paragraphs(f"Dag {days}", row.summary), when=when)
