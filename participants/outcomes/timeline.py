"""Outcomes of an enrolment on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from core.enums import Category
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import CaseOutcome, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow(AmendedRow):
    """An outcome by the row's day: the main one, or one beside it."""

    public_id: UUID
    outcome: str
    is_main: bool


class OutcomeEntries(FactEntries[OutcomeRow]):
    """Outcomes in their newest versions; those that were taken back stand struck."""

    row = OutcomeRow
    category = Category.STEPS

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            OutcomeRow,
            CaseOutcome.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            outcome=F("outcome__name"),
            is_main=F("is_main"),
            **amended(enrolment),
        )

    def entry(self, row: OutcomeRow, case: CaseHistory) -> TimelineEntry:
        url = reverse("outcome_edit", args=[row.public_id]) if case.may_amend else ""
        if row.taken_back:
            return self.line(row, case, "Utfall (återtaget)", row.told_why("Återtaget"), kind=QUIET, url=url)
        title = f"Utfall: {row.outcome}" if row.is_main else f"Utfall, också: {row.outcome}"
        return self.line(row, case, title, row.told_why("Rättat") if row.why else "", kind=QUIET, url=url)
