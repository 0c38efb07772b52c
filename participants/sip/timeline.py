"""SIPs on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.enums import PlanHolder
from participants.models import CoordinatedPlan, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class SipRow(AmendedRow):
    """A SIP from the row's day; `contact` is whom to ask, or empty."""

    public_id: UUID
    holder: str
    contact: str


class SipEntries(FactEntries[SipRow]):
    """SIPs in the newest words about them; those that were taken back stand struck."""

    row = SipRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            SipRow,
            CoordinatedPlan.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            holder=F("holder"),
            contact=F("contact__text"),
            **amended(enrolment),
        )

    def entry(self, row: SipRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("sip_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "SIP (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        asked = f" Fråga {row.contact}." if row.contact else ""
        said = f"Planansvarig: {PlanHolder(row.holder).label.lower()}.{asked}"
        why = row.told_why("Rättad") if row.why else ""
        return self.line(row, case, "SIP finns", paragraphs(said, why), kind=QUIET, url=url)
