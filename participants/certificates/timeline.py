"""Certificates of placements on the timeline."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from core.days.periods import Period
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment, PlacementCertificate
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow(AmendedRow):
    """A certificate of the row's day: where the placement was, and from when until when, where it has ended."""

    public_id: UUID
    place: str
    first_day: date
    last_day: date | None


class CertificateEntries(FactEntries[CertificateRow]):
    """Certificates in their newest versions; those that were taken back stand struck."""

    row = CertificateRow
    names_readers = True
    glyph = "plan"

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            CertificateRow,
            PlacementCertificate.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            place=F("place__text"),
            first_day=F("first_day"),
            last_day=F("last_day"),
            **amended(enrolment),
        )

    def entry(self, row: CertificateRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("certificate_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Praktikintyg (återtaget)", row.told_why("Återtaget"), kind=QUIET, url=url)
        when = Period(row.first_day, row.last_day).in_words
        said = f"{row.place or 'Platsen är borttagen'}, {when}."
        why = row.told_why("Rättat") if row.why else ""
        return self.line(row, case, "Praktikintyg", paragraphs(said, why), kind=QUIET, url=url)
