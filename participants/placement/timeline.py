"""Placements on the timeline."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from accounts.namesakes import shown_name
from core.days.periods import Period
from core.enums import Category
from core.swedish.words import day as in_words
from participants.models import Enrolment, PlacementPeriod
from participants.timeline.entries import CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow(FactRow):
    """A placement from the row's day until `until` (not that day), or until further notice."""

    place: str
    supervisor: str
    until: date | None

    @property
    def period(self) -> Period:
        """The days of the placement."""
        return Period.of(self.on, self.until)


class PlacementEntries(FactEntries[PlacementRow]):
    """Placements in their newest versions."""

    row = PlacementRow
    category = Category.PLAN

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            PlacementRow,
            PlacementPeriod.objects.filter(readable(enrolment)).current(),
            place=F("place__text"),
            supervisor=shown_name("supervisor"),
            until=F("until"),
        )

    def entry(self, row: PlacementRow, case: CaseHistory) -> TimelineEntry:
        last = f" till och med {in_words(row.period.last)}" if row.period.last else ""
        return self.line(row, case, "Placering", f"{row.place}{last}. Handledare: {row.supervisor}.")
