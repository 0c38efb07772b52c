"""Who has answered for a case, on the timeline."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField, DateTimeField, Expression, F, Field, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from accounts.namesakes import shown_name
from participants.enrolment.timeline import BeginningRow
from participants.models import CaseAssignment, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, part


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleRow(FactRow):
    """The user or unit responsible for the case from the row's day on."""

    name: str


class ResponsibleEntries(FactEntries[ResponsibleRow]):
    """Each change of who answers for the case. The notes to the next one aren't part of its history."""

    row = ResponsibleRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        """Assignments as responsible; none in another organisation's case, whose changes of staff a guest is not told
        of."""
        assignments = CaseAssignment.objects.filter(enrolment=enrolment.pk).responsible()
        return part(
            ResponsibleRow,
            assignments if enrolment.reading.is_own else assignments.filter(pk__in=[]),
            corrects=_nothing(BigIntegerField()),
            on=F("valid_from"),
            superseded_at=_nothing(DateTimeField()),
            category=Value("", CharField()),
            name=Coalesce(shown_name("user"), "organisation__name"),
        )

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        entries, before = [], None
        for row in sorted(case.of(ResponsibleRow), key=lambda row: (row.on, row.fact)):
            if before or not _came_with_the_enrolment(row, case):
                said = f"Förut: {before.name}." if before else "Förut: ingen."
                entries.append(self.line(row, case, f"Ny ansvarig: {row.name}", said, kind=QUIET))
            before = row
        return entries


def _came_with_the_enrolment(row: ResponsibleRow, case: CaseHistory) -> bool:
    """Whether the one who answers for the case was named when the person was enrolled: that is no change."""
    begun = {beginning.recorded_at for beginning in case.of(BeginningRow)}
    return row.recorded_at in begun or row.on < case.enrolment.enrolled_on


def _nothing(field: Field) -> Expression:
    """NULL of a type: PostgreSQL must match it with the column of the other parts of the union."""
    return Cast(Value(None), field)
