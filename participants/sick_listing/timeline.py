"""Sick-listings of a case. The timeline tells those that were corrected or taken back; the top of the page says who is
sick-listed now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from core.days.periods import Period
from core.enums import Category
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment, SickListing
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class SickListingRow(AmendedRow):
    """A sick-listing from the row's day until `until` (not that day), or until further notice."""

    public_id: UUID
    until: date | None
    percent: int

    @property
    def period(self) -> Period:
        """The days of the sick-listing."""
        return Period.of(self.on, self.until)


class SickListingEntries(FactEntries[SickListingRow]):
    """Sick-listings in their newest versions, and all corrections of them."""

    row = SickListingRow
    category = Category.HEALTH

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = SickListing.objects.filter(readable(enrolment)).filter(TOLD | Q(why__isnull=False))
        columns = {name: F(name) for name in ("public_id", "until", "percent")}
        return part(SickListingRow, facts, **columns, **amended(enrolment))

    def entry(self, row: SickListingRow, case: CaseHistory) -> TimelineEntry | None:
        url = reverse("sick_listing_edit", args=[row.public_id])
        if row.taken_back:
            return self.line(row, case, "Sjukskrivning (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        replaced = {later.corrects for later in case.of(SickListingRow) if later.why}
        if not row.why or row.fact in replaced:
            return None
        said = f"{row.percent} %, {row.period.in_words}."
        return self.line(row, case, "Sjukskrivning", paragraphs(said, row.told_why("Rättad")), kind=QUIET, url=url)
