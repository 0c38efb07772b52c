"""Lines about signatures on the page of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from accounts.models import Organisation
from actionplans.models import PlanSignature
from core.swedish.words import day
from participants.models import Enrolment

# A third party is told that somebody else has signed, and not which organisation is with the person.
OTHER = "En annan part"


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature as the page of the plan says it: whose, when, and the address where it is corrected ("" for who
    doesn't write in the case)."""

    who: str
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class SignedPlan:
    """A plan with the signatures under it."""

    number: int
    lines: Sequence[SignatureLine]


def signed_plans(enrolment: Enrolment, *, may_edit: bool) -> list[SignedPlan]:
    """The plans that somebody has signed, the newest first, each with its signatures by day; one query. `enrolment` is
    read as the user reads it."""
    rows = PlanSignature.objects.placed().current().filter(enrolment=enrolment).select_related("signer")
    found = rows.order_by("-number", "concerns_on", "pk")
    return [
        SignedPlan(number, [_line(row, enrolment, may_edit=may_edit) for row in of_plan])
        for number, of_plan in groupby(found, key=lambda row: row.number)
    ]


def name_of(signer: Organisation | None, enrolment: Enrolment) -> str:
    """«Deltagaren» or the organisation, as far as the user of the enrolment may be told which it is."""
    if signer is None:
        return "Deltagaren"
    told = {enrolment.owner_id, enrolment.reading.organisation_id}
    return signer.name if enrolment.reading.is_own or signer.pk in told else OTHER


def _line(row: PlanSignature, enrolment: Enrolment, *, may_edit: bool) -> SignatureLine:
    return SignatureLine(
        name_of(row.signer, enrolment), day(row.concerns_on), row.get_absolute_url() if may_edit else ""
    )
