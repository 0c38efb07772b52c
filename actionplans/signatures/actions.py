"""Signatures under a plan: noted, corrected, taken back, moved to the right person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from actionplans.models import PlanRevision, PlanSignature
from core.actions import action, stamp_day
from core.days.periods import IN_THE_FUTURE
from core.swedish.words import day
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.consent.parties import parties_of
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.models import Enrolment

NO_PLAN_THERE: Final = "Hos den personen finns ingen plan {}. Ta tillbaka underskriften här, och skriv in den där."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRecord:
    """A signature as it is written down: under which revision of the plan, whose (None: the participant's), when."""

    number: int
    signer: Organisation | None
    on: date


@action
def sign_plan(
    *, enrolment: Enrolment, number: int, signers: Sequence[Organisation | None], on: date, by: User
) -> PlanSignature:
    """Note the signatures of several under one plan, on the same day: all or none. Gives the first.

    Raises ValidationError for `on` before birth or in the future, for `number` of a plan that isn't there, and for
    `signers` where one isn't with the project or has signed it already.
    """
    case = lock_case(enrolment)
    records = [SignatureRecord(number=number, signer=signer, on=on) for signer in signers]
    for record in records:
        _check(case, record, None)
    made = [SIGNATURES.write(case, record, by) for record in records]
    SIGNATURES.log("create", case, by)
    return made[0]


def signers_of(case: Enrolment) -> list[Organisation]:
    """Organisations that may sign a plan of the case: its owner, and the other parties of the project by name."""
    return [case.owner, *parties_of(case)]


def plans_of(case: Enrolment) -> list[PlanRevision]:
    """The revisions of the plan that stand, the newest first. One query."""
    return list(PlanRevision.objects.placed().current().filter(enrolment=case).order_by("-number"))


def plans_in_words(case: Enrolment) -> list[tuple[int, str]]:
    """Revisions of the plan that stand, the newest first: numbers, and what a form calls them, as «Plan 2, från 3 mars
    2026». One query."""
    return [(plan.number, f"Plan {plan.number}, från {day(plan.concerns_on)}") for plan in plans_of(case)]


def _check(case: Enrolment, record: SignatureRecord, kept: PlanSignature | None) -> None:
    require_born(case, record.on, "on")
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})
    is_other_plan = kept is None or kept.number != record.number
    if is_other_plan and record.number not in {plan.number for plan in plans_of(case)}:
        raise ValidationError({"number": f"Plan {record.number} finns inte. Välj igen."})
    is_other_signer = kept is None or kept.signer != record.signer
    if is_other_signer and record.signer and record.signer not in signers_of(case):
        raise ValidationError({"signers": f"{record.signer} är inte med i projektet. Välj igen."})
    if earlier := _signed_already(case, record, kept):
        said = f"{record.signer or 'Deltagaren'} har redan skrivit på plan {record.number}, {day(earlier.concerns_on)}."
        raise ValidationError({"signers": f"{said} Rätta den underskriften i stället."})


def _signed_already(case: Enrolment, record: SignatureRecord, kept: PlanSignature | None) -> PlanSignature | None:
    rows = PlanSignature.objects.placed().current().filter(enrolment=case, number=record.number, signer=record.signer)
    return (rows.exclude(pk=kept.pk) if kept else rows).first()


def _columns(record: SignatureRecord) -> dict[str, Any]:
    return {"number": record.number, "signer": record.signer, "concerns_on": record.on}


def _check_move(fact: PlanSignature, right: Enrolment) -> None:
    """Raises ValidationError for `right`, where there is no such plan."""
    if fact.stands and fact.number not in {plan.number for plan in plans_of(right)}:
        raise ValidationError({"right": NO_PLAN_THERE.format(fact.number)})


SIGNATURES: Final = CaseFacts(
    model=PlanSignature,
    noun=Noun("underskriften", "återtagen", "rättad"),
    mark=MisplacedKind.SIGNATURE,
    name="signature",
    check=_check,
    columns=_columns,
    check_move=_check_move,
    elsewhere=frozenset({"plan_detail"}),
)
