"""Correcting what an answer says, by a new version: it opens nothing that the participant has withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action, stamp_day
from core.days.dates import add_months, stockholm_day
from core.days.periods import Period
from core.enums import Category
from core.models import TextBody
from core.swedish.words import day, listed
from participants.amending.versions import lock_version, next_version
from participants.consent.actions import NO_CATEGORY, OTHER_ORGANISATION, fault_of_purpose, open_cells
from participants.consent.parties import parties_of
from participants.consent.terms import TOO_FAR_AHEAD, TOO_LONG, ends_at_latest
from participants.consent.words import grouped, phrase
from participants.consent_mistakes.actions import close_grants
from participants.consent_mistakes.cells import Standing, newer_of, standing_of
from participants.enums import ConsentAnswer, ConsentForm
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, Enrolment

RENEWED: Final = "Samtycket är förnyat. Rätta förnyelsen i stället."
NO_DAY: Final = {"valid_from": "Fyll i samtyckets första dag.", "valid_through": "Fyll i samtyckets sista dag."}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCorrection:
    """Everything that an answer says, and why it is corrected. The days are None for a no."""

    answer: ConsentAnswer
    cells: Sequence[tuple[Organisation, Category]]
    purpose: str
    form: ConsentForm
    received_by: User
    why: str
    valid_from: date | None = None
    valid_through: date | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether the answer was no."""
        return self.answer == ConsentAnswer.REFUSED

    @property
    def term(self) -> Period | None:
        """Its days; None for a no."""
        return Period(self.valid_from, self.valid_through) if self.valid_from and not self.is_refusal else None

    @property
    def opens(self) -> set[tuple[int, str]]:
        """Keys of the cells that it opens; none for a no."""
        return set() if self.is_refusal else {(party.pk, kind) for party, kind in self.cells}

    @property
    def words(self) -> str:
        """The purpose, and for a no the whole question: «Vuxam får läsa plan för att planera praktik»."""
        if not self.is_refusal:
            return phrase(self.purpose)
        asked = grouped((party.name, kind) for party, kind in self.cells)
        return f"{listed([f'{who} får läsa {what}' for who, what in asked])} för att {phrase(self.purpose)}"


@action
def correct_consent(*, consent: Consent, correction: ConsentCorrection, by: User) -> Consent:
    """A new version of an answer, which opens what it says from now; what the one before opened is closed at once.

    What the participant has withdrawn stays withdrawn in it. Raises ChangedMeanwhile where the version is no longer the
    one that stands; ValidationError for the form where it is renewed; for `cells` where there are none, where a party
    isn't in the project, or where something withdrawn would open; and for `purpose`, `valid_from`, `valid_through` and
    `received_by`.
    """
    case, old = lock_version(consent)
    if newer_of(old):
        raise ValidationError(RENEWED)
    standing = standing_of(old)
    _check(correction, old, case, standing)
    withdrawn = list(old.grants.filter(withdrawal__isnull=False).select_related("withdrawal"))
    close_grants([old])
    new = next_version(
        old,
        correction.why,
        by,
        answer=correction.answer,
        form=correction.form,
        purpose=TextBody.objects.write(correction.words),
        received_by=correction.received_by,
        concerns_on=correction.term.first if correction.term else _answered_on(old),
        valid_through=correction.term.last if correction.term else None,
    )
    _open_again(new, correction, withdrawn)
    log_change(by=by, part="consent_edit", persons=[case.participant.public_id])
    return new


def day_faults(first: date, last: date, old: Consent, on: date) -> dict[str, str]:
    """Faults of the corrected days, in words by field; empty when they are right. `on` is today."""
    earliest = min(old.enrolment.enrolled_on, old.concerns_on)
    if first < earliest:
        return {"valid_from": f"Samtycket kan inte börja gälla före {day(earliest)}, då deltagaren skrevs in."}
    if first > max(add_months(on, 12), old.concerns_on):
        return {"valid_from": TOO_FAR_AHEAD}
    if last < first:
        return {"valid_through": "Den sista dagen kan inte ligga före den första."}
    if last > max(ends_at_latest(first), old.valid_through or first):
        return {"valid_through": TOO_LONG}
    return {}


def _check(correction: ConsentCorrection, old: Consent, case: Enrolment, standing: Standing) -> None:
    """Raises ValidationError by field."""
    found = {
        "cells": _fault_of_cells(correction, case, standing),
        "purpose": fault_of_purpose(correction.purpose),
        "received_by": "" if correction.received_by.organisation_id == case.owner_id else OTHER_ORGANISATION,
    }
    if not correction.is_refusal:
        found |= _fault_of_days(correction, old)
    if faults := {field: fault for field, fault in found.items() if fault}:
        raise ValidationError(faults)


def _fault_of_days(correction: ConsentCorrection, old: Consent) -> dict[str, str]:
    if correction.valid_from is None or correction.valid_through is None:
        return {name: fault for name, fault in NO_DAY.items() if getattr(correction, name) is None}
    return day_faults(correction.valid_from, correction.valid_through, old, stamp_day())


def _fault_of_cells(correction: ConsentCorrection, case: Enrolment, standing: Standing) -> str:
    # Of what is withdrawn nothing is left to choose, and the rest of the answer can be wrong all the same.
    if not correction.cells and (correction.is_refusal or not standing.withdrawn):
        return NO_CATEGORY
    present = {party.pk for party in parties_of(case)} | {party for party, _ in standing.live}
    strays = [party.name for party, _ in correction.cells if party.pk not in present]
    if strays:
        return f"{strays[0]} är inte med i projektet."
    return standing.fault(correction.opens, correction.term)


def _open_again(new: Consent, correction: ConsentCorrection, withdrawn: Sequence[ConsentGrant]) -> None:
    """Write what the new version opens, and with it what is withdrawn; a no opens nothing, and can't be withdrawn."""
    if correction.is_refusal:
        return
    open_cells(new, sorted(correction.opens))
    by_row: dict[ConsentWithdrawal, list[tuple[int, str]]] = {}
    for grant in withdrawn:
        if grant.withdrawal:
            by_row.setdefault(grant.withdrawal, []).append((grant.organisation_id, grant.category))
    for row, cells in by_row.items():
        open_cells(new, cells, row)


def _answered_on(old: Consent) -> date:
    """The day of a no: when the answer was first written down."""
    return stockholm_day((old.first or old).recorded_at)
