"""Lines about signatures on the page of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Case, F, Value, When

from actionplans.models import PlanSignature
from core.swedish.words import day
from participants.models import Enrolment
from participants.timeline.rows import is_told_which, readable

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
    rows = PlanSignature.objects.filter(readable(enrolment)).current().annotate(told=signer_told(enrolment))
    found = rows.order_by("-number", "concerns_on", "pk")
    return [
        SignedPlan(number, [_line(row, may_edit=may_edit) for row in of_plan])
        for number, of_plan in groupby(found, key=lambda row: row.number)
    ]


def signer_told(enrolment: Enrolment) -> Case:
    """The name of who has signed, "" for the participant, as far as the user of the enrolment may be told."""
    unsaid = When(signer_id__isnull=True, then=Value(""))
    return Case(unsaid, When(is_told_which(enrolment, "signer"), then=F("signer__name")), default=Value(OTHER))


def _line(row: Any, *, may_edit: bool) -> SignatureLine:
    url = row.get_absolute_url() if may_edit else ""
    return SignatureLine(row.told or "Deltagaren", day(row.concerns_on), url)
