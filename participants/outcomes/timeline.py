"""Outcomes of an enrolment on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce
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
    is_about_health: bool
    # Key of the version that was written first: one that is corrected keeps its place among those of its day.
    root: int


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
            is_about_health=Case(When(category=Category.HEALTH, then=True), default=False),
            root=Coalesce("first_id", "pk"),
            **amended(enrolment),
        )

    def entry(self, row: OutcomeRow, case: CaseHistory) -> TimelineEntry:
        url = reverse("outcome_edit", args=[row.public_id]) if case.may_amend else ""
        if row.taken_back:
            return self.line(row, case, "Utfall (återtaget)", row.told_why("Återtaget"), kind=QUIET, url=url)
        title = f"Utfall: {row.outcome}" if row.is_main else f"Utfall, också: {row.outcome}"
        return self.line(row, case, title, row.told_why("Rättat") if row.why else "", kind=QUIET, url=url)


def outcomes_now(case: CaseHistory) -> tuple[OutcomeRow | None, list[OutcomeRow]]:
    """The main outcome that holds, the latest, or None; and the marks beside it, the earliest first. No queries."""
    rows = sorted(case.current(OutcomeRow), key=lambda row: (row.on, row.root))
    mains = [row for row in rows if row.is_main]
    return mains[-1] if mains else None, [row for row in rows if not row.is_main]
