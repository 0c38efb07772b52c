"""Employments on the timeline; the top of the page says who is employed now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from core.days.periods import Period
from core.swedish.words import day as in_words
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import EmploymentPeriod, Enrolment
from participants.models.placement import work_in_words
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentRow(AmendedRow):
    """An employment from the row's day until `until` (not that day), or until further notice. `code` is that of the
    form in the model's list."""

    public_id: UUID
    form: str
    code: str
    employer: str
    percent: int | None
    other_support: bool | None
    until: date | None

    @property
    def period(self) -> Period:
        """The days of the employment."""
        return Period.of(self.on, self.until)

    @property
    def work(self) -> str:
        """«Utvecklingsanställning på Återbruket, 75 %»."""
        return work_in_words(self.form, self.employer, self.percent)


class EmploymentEntries(FactEntries[EmploymentRow]):
    """Employments in their newest versions; those that were taken back stand struck."""

    row = EmploymentRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            EmploymentRow,
            EmploymentPeriod.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            form=F("form__name"),
            code=F("form__code"),
            employer=F("employer__text"),
            percent=F("percent"),
            other_support=F("other_support"),
            until=F("until"),
            **amended(enrolment),
        )

    def entry(self, row: EmploymentRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("employment_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Anställning (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        last = f" till och med {in_words(row.period.last)}" if row.period.last else ""
        why = row.told_why("Ändrad") if row.why else ""
        return self.line(row, case, "Anställning", paragraphs(f"{row.work}{last}.", why), url=url)
