"""Sick-listings of a case. The timeline tells none of them; the top of the page says who is sick-listed now."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from core.days.periods import Period
from participants.models import Enrolment, SickListing
from participants.timeline.entries import FactEntries
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class SickListingRow(FactRow):
    """A full-time sick-listing from the row's day until `until` (not that day), or until further notice."""

    until: date | None

    @property
    def period(self) -> Period:
        """The days of the sick-listing."""
        return Period.of(self.on, self.until)


class SickListingEntries(FactEntries[SickListingRow]):
    """Full-time sick-listings in their newest versions."""

    row = SickListingRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = SickListing.objects.filter(readable(enrolment), percent=100).current()
        return part(SickListingRow, facts, until=F("until"))
