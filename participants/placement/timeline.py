"""Placements on the timeline."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from accounts.namesakes import shown_name
from core.days.periods import Period
from core.swedish.words import day as in_words
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment, PlacementPeriod
from participants.models.placement import led_by
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow(AmendedRow):
    """A placement from the row's day until `until` (not that day), or until further notice."""

    public_id: UUID
    place: str
    supervisor: str | None
    until: date | None
    guide: str | None = None
    guide_phone: str | None = None

    @property
    def period(self) -> Period:
        """The days of the placement."""
        return Period.of(self.on, self.until)

    @property
    def led_by(self) -> str:
        """Who looks after the participant there: «Hedda Ek», or a name and a number."""
        return led_by(self.supervisor or "", ", ".join(filter(None, (self.guide, self.guide_phone))))


class PlacementEntries(FactEntries[PlacementRow]):
    """Placements in their newest versions; those that were taken back stand struck."""

    row = PlacementRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            PlacementRow,
            PlacementPeriod.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            place=F("place__text"),
            supervisor=shown_name("supervisor"),
            guide=F("guide__text"),
            guide_phone=F("guide_phone__text"),
            until=F("until"),
            **amended(enrolment),
        )

    def entry(self, row: PlacementRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("placement_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Placering (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        last = f" till och med {in_words(row.period.last)}" if row.period.last else ""
        said = f"{row.place}{last}. Handledare: {row.led_by}."
        return self.line(row, case, "Placering", paragraphs(said, row.told_why("Ändrad") if row.why else ""), url=url)
