"""Outcomes of an enrolment on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from core.enums import Category
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import CaseOutcome, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import part


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow(AmendedRow):
    """An outcome by the row's day: the main one, or one beside it. `is_told` says whether the user may read it: of a
    main one that the user may not, only that it is there is known, so that no earlier one is taken for it."""

    public_id: UUID
    outcome: str
    is_main: bool
    # Key of the version that was written first: one that is corrected keeps its place among those of its day.
    root: int
    is_told: bool = True

    @property
    def is_about_health(self) -> bool:
        """Whether it says something about health."""
        return self.category == Category.HEALTH


class OutcomeEntries(FactEntries[OutcomeRow]):
    """Outcomes in their newest versions; those that were taken back stand struck."""

    row = OutcomeRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        said = enrolment.reading.facts()
        unsaid = Q(superseded_at__isnull=True, is_main=True)
        return part(
            OutcomeRow,
            CaseOutcome.objects.placed().filter(said & TOLD | unsaid, enrolment=enrolment.pk),
            public_id=F("public_id"),
            outcome=Case(When(said, then=F("outcome__name")), default=Value("")),
            is_main=F("is_main"),
            root=Coalesce("first_id", "pk"),
            is_told=Case(When(said, then=True), default=False),
            **amended(enrolment),
        )

    def entry(self, row: OutcomeRow, case: CaseHistory) -> TimelineEntry | None:
        if not row.is_told:
            return None
        url = case.amend_url("outcome_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Utfall (återtaget)", row.told_why("Återtaget"), kind=QUIET, url=url)
        title = f"Utfall: {row.outcome}" if row.is_main else f"Utfall, också: {row.outcome}"
        return self.line(row, case, title, row.told_why("Rättat") if row.why else "", kind=QUIET, url=url)


def outcomes_now(case: CaseHistory) -> tuple[OutcomeRow | None, list[OutcomeRow]]:
    """The main outcome that holds, the latest, or None; and the marks beside it, the earliest first. A mark that says
    as the main one, or as an earlier mark, isn't said again. Neither where the main one that holds is nothing for the
    user to read: the rest would be taken for all of it. No queries."""
    rows = sorted(case.current(OutcomeRow), key=lambda row: (row.on, row.root))
    mains = [row for row in rows if row.is_main]
    main = mains[-1] if mains else None
    if main and not main.is_told:
        return None, []
    said = {main.outcome} if main else set()
    marks = {row.outcome: row for row in reversed(rows) if not row.is_main and row.outcome not in said}
    return main, list(reversed(marks.values()))
