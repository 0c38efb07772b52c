"""Sick-listings on the timeline, as somebody wrote or corrected them last; the top of the page says who is sick-listed
now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Expression, F, Q, QuerySet
from django.db.models.functions import Coalesce

from core.days.periods import Period
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment, SickListing
from participants.models.background import share_in_words
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable

NONE_LEFT: Final = "Andra sjukskrivningar gäller de dagarna i stället."


@dataclass(frozen=True, slots=True, kw_only=True)
class SickListingRow(AmendedRow):
    """A sick-listing from the row's day until `until` (not that day), or until further notice."""

    public_id: UUID
    until: date | None
    percent: int
    # Key of the version that was written first.
    root: int = 0

    @property
    def period(self) -> Period:
        """The days of the sick-listing."""
        return Period.of(self.on, self.until)


class SickListingEntries(FactEntries[SickListingRow]):
    """Sick-listings as they were written, with the days that others leave of them; those taken back stand struck."""

    row = SickListingRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = SickListing.objects.filter(readable(enrolment)).filter(
            TOLD | Q(why__isnull=False) | Q(corrects__isnull=True)
        )
        columns: dict[str, Expression | F] = {name: F(name) for name in ("public_id", "until", "percent")}
        columns["root"] = Coalesce("first_id", "pk")
        return part(SickListingRow, facts, **columns, **amended(enrolment))

    def entry(self, row: SickListingRow, case: CaseHistory) -> TimelineEntry | None:
        url = case.amend_url("sick_listing_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Sjukskrivning (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        later = case.where(SickListingRow, "corrects", row.fact)
        is_piece = row.corrects and not row.why
        if is_piece or any(version.why or version.taken_back for version in later):
            return None
        text = paragraphs(f"{share_in_words(row.percent)}, {row.period.in_words}.", _left(row, case), _corrected(row))
        return self.line(row, case, "Sjukskrivning", text, kind=QUIET, url=url)


def _corrected(row: SickListingRow) -> str:
    return row.told_why("Rättad") if row.why else ""


def _left(row: SickListingRow, case: CaseHistory) -> str:
    pieces = case.where(SickListingRow, "root", row.root)
    return left_in_words(row.period, [piece.period for piece in pieces if piece.is_current])


def left_in_words(period: Period, left: Sequence[Period]) -> str:
    """The days that others leave of a sick-listing's own, as a sentence; empty where they leave them all."""
    if not left:
        return NONE_LEFT
    if list(left) == [period]:
        return ""
    days = ", ".join(part.in_words for part in sorted(left, key=lambda part: part.first))
    return f"Gäller {days}. De andra dagarna gäller en annan sjukskrivning."
