"""Signatures under plans on the timeline."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from actionplans.models import PlanSignature
from actionplans.signatures.page import signer_told
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow(AmendedRow):
    """A signature under a plan on the row's day. `signer` is the organisation, as far as the user may be told, or
    empty of the participant's."""

    public_id: UUID
    number: int
    signer: str


class SignatureEntries(FactEntries[SignatureRow]):
    """Signatures in their newest versions; those that were taken back stand struck. Another organisation isn't told
    which third one has signed."""

    row = SignatureRow
    names_readers = True
    glyph = "plan"

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            SignatureRow,
            PlanSignature.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            number=F("number"),
            signer=signer_told(enrolment),
            **amended(enrolment),
        )

    def entry(self, row: SignatureRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("signature_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Underskrift (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        said = f"{row.signer or 'Deltagaren'} skrev på plan {row.number}."
        why = row.told_why("Rättad") if row.why else ""
        return self.line(row, case, "Underskrift", paragraphs(said, why), kind=QUIET, url=url)
