"""The answers that a new certificate begins with, and the words of its paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from participants.models import Enrolment, PlacementCertificate, PlacementPeriod

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """The certificate as it is printed; `name` and `born` are None of somebody protected, who is written in by hand."""

    name: str | None
    born: date | None
    place: str
    when: str
    goes_on: bool
    extent: str
    tasks: str
    verdict: str
    signer: str
    on: date


def paper_of(certificate: PlacementCertificate) -> CertificatePaper:
    """The words of the paper. No query where the certificate was read with its case."""
    person = certificate.enrolment.participant
    name = None if person.is_protected else person.identity.name

    def said(part: str) -> str:
        return str(getattr(certificate, part) or "")

    return CertificatePaper(
        name=name,
        born=person.birth_date if name else None,
        place=said("place"),
        when=certificate.when,
        goes_on=certificate.last_day is None,
        extent=said("extent"),
        tasks=said("tasks"),
        verdict=said("verdict"),
        signer=said("signer"),
        on=certificate.concerns_on,
    )


def begins_with(enrolment: Enrolment, asked: str, *, on: date) -> dict[str, Any]:
    """The answers that a new certificate begins with: place, days and guide of the placement whose public id is
    `asked`, else of the latest that has begun; the day alone where there is none. One query."""
    rows = PlacementPeriod.objects.placed().current().filter(enrolment=enrolment, concerns_on__lte=on)
    found = list(rows.select_related("place", "guide").order_by("-concerns_on", "-pk"))
    if not found:
        return {"on": on}
    placement = next((row for row in found if str(row.public_id) == asked), found[0])
    ended = placement.until is not None and placement.until <= on
    return {
        "place": placement.place.text,
        "first_day": placement.concerns_on,
        "last_day": placement.until - DAY if ended and placement.until else None,
        "signer": placement.guide.text if placement.guide else "",
        "on": on,
    }
