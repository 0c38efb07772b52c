"""Certificates of placements: written, corrected, taken back, moved to the right person."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from core.actions import stamp_day
from core.days.periods import BACKWARDS, IN_THE_FUTURE
from core.models import TextBody
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.models import Enrolment, PlacementCertificate


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecord:
    """A certificate as it is written down: where, from and through which day (None: the placement goes on), how much
    in words, what was done, how it went, who signs, and the day it is from. Words that aren't given are ""."""

    place: str
    first: date
    last: date | None
    extent: str
    tasks: str
    verdict: str
    signer: str
    on: date


def _check(case: Enrolment, record: CertificateRecord, kept: PlacementCertificate | None) -> None:
    require_born(case, record.first, "first_day")
    if record.last and record.last < record.first:
        raise ValidationError({"last_day": BACKWARDS})
    latest = max(record.first, record.last or record.first)
    field = "last_day" if record.last else "first_day"
    if latest > stamp_day():
        raise ValidationError({field: IN_THE_FUTURE})
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})
    if record.on < latest:
        raise ValidationError({"on": "Intyget kan inte vara skrivet före den sista dagen som det intygar."})


def _columns(record: CertificateRecord) -> dict[str, Any]:
    def write(words: str) -> TextBody | None:
        return TextBody.objects.write(words) if words else None

    return {
        "place": write(record.place),
        "first_day": record.first,
        "last_day": record.last,
        "extent": write(record.extent),
        "tasks": write(record.tasks),
        "verdict": write(record.verdict),
        "signer": write(record.signer),
        "concerns_on": record.on,
    }


CERTIFICATES: Final = CaseFacts(
    model=PlacementCertificate,
    noun=Noun("praktikintyget", "återtaget", "rättat"),
    mark=MisplacedKind.CERTIFICATE,
    name="certificate",
    check=_check,
    columns=_columns,
    elsewhere=frozenset({"certificate_pdf"}),
)
