"""Kartläggningar that were begun, on the timeline."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import AssessmentWork, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import part, readable
from projects.enums import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow(AmendedRow):
    """A kartläggning that is under way, or was taken back before it was complete."""


class WorkEntries(FactEntries[WorkRow]):
    """The kartläggning that is under way, and those that came to nothing. Only the own organisation is told."""

    row = WorkRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        own = AssessmentWork.objects.filter(readable(enrolment), owner=enrolment.reading.organisation_id)
        return part(WorkRow, own.filter(TOLD), **amended(enrolment))

    def entry(self, row: WorkRow, case: CaseHistory) -> TimelineEntry | None:
        if row.taken_back:
            return self.line(row, case, "Kartläggningen påbörjades (återtagen)", row.told_why("Återtagen"), kind=QUIET)
        may_write = Permission.EDIT_CASE in case.enrolment.allowed
        url = reverse("assessment_create", args=[case.enrolment.public_id]) if may_write else ""
        return self.line(row, case, "Kartläggningen är påbörjad", "Den räknas när den är klar.", kind=QUIET, url=url)
