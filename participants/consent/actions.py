"""Consent: giving, refusing, renewing and taking back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action, stamp_day
from core.enums import Category
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.consent.parties import fault_of_parties, parties_of
from participants.consent.terms import LONGEST_MONTHS, faults_of_period, renewed_period, with_renewals
from participants.consent.words import phrase, question
from participants.enums import ConsentAnswer, ConsentForm
from participants.locking import lock_case
from participants.models import Consent, ConsentGrant, ConsentWithdrawal, Enrolment

CORRECTED = "Samtycket har rättats sedan du öppnade sidan. Se efter hur det är nu, och tryck igen."
NO_CATEGORY = "Välj minst en sorts uppgift."
OTHER_ORGANISATION = "Välj någon i den egna organisationen."
WIDENED = (
    "Samtycket har utökats sedan du öppnade sidan, och inget är återkallat än. "
    "Se efter vad som ska bort, och tryck igen."
)
NOTHING_CHOSEN = "Välj minst en sak att återkalla."
_SHORTEST_PURPOSE = 8
_NOT_RENEWED = (
    f"Samtycket kan inte förnyas nu: det gällde ett möte, eller räcker redan så långt som det får, "
    f"{LONGEST_MONTHS // 12} år framåt."
)


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """The question that the participant answered, with a yes or a no; how the answer came, and who took it."""

    parties: Sequence[Organisation]
    categories: Sequence[Category]
    purpose: str
    form: ConsentForm
    received_by: User


@action
def give_consent(
    *, enrolment: Enrolment, asked: ConsentQuestion, valid_from: date, valid_through: date, by: User
) -> Consent:
    """Let each party read each kind of information from a day to a day, both included.

    Raises ValidationError for `parties` where there are none, or one is the own or not in the project; for `categories`
    where there are none; for `purpose` that says too little or too much; for `received_by` of another organisation; for
    `valid_from` in the past or more than a year ahead; and for `valid_through` before the first day or too far ahead.
    """
    _check(_faults_of_question(enrolment, asked) | faults_of_period(valid_from, valid_through, on=stamp_day()))
    consent = _answer(enrolment, asked, phrase(asked.purpose), by, concerns_on=valid_from, valid_through=valid_through)
    cells = [(party.pk, category) for party in asked.parties for category in asked.categories]
    open_cells(consent, cells)
    _log("consent_create", enrolment, by)
    return consent


@action
def refuse_consent(*, enrolment: Enrolment, asked: ConsentQuestion, by: User) -> Consent:
    """Note a no, with what was asked. It opens nothing, and is no hindrance to taking part.

    Raises ValidationError for `parties` where there are none, or one is the own or not in the project; for `categories`
    where there are none; for `purpose` that says too little or too much; and for `received_by` of another organisation.
    """
    _check(_faults_of_question(enrolment, asked))
    words = question([party.name for party in asked.parties], asked.categories, asked.purpose)
    consent = _answer(enrolment, asked, words, by, answer=ConsentAnswer.REFUSED, concerns_on=stamp_day())
    _log("consent_refuse", enrolment, by)
    return consent


@action
def renew_consent(*, consent: Consent, form: ConsentForm = ConsentForm.ORAL, by: User) -> Consent:
    """Let the parties read on for as long, from the day after the last one or from today: what wasn't taken back.

    Raises ValidationError for the form where all is taken back or it was a no, where it is renewed already, where no
    party is left in the project, and where it was for one meeting or holds as long as a consent may. Raises
    ChangedMeanwhile where this version has been corrected.
    """
    locked = _locked(consent)
    if locked.taken_back:
        raise ValidationError("Svaret skrevs in av misstag och kan inte förnyas. Skriv in ett nytt.")
    _require_seen(consent, locked)
    grants = list(locked.grants.live())
    if not grants:
        raise ValidationError("Samtycket är återkallat eller ett nej och kan inte förnyas. Skriv in ett nytt.")
    if _is_renewed(locked):
        raise ValidationError("Samtycket är redan förnyat.")
    present = {party.pk for party in parties_of(locked.enrolment)}
    kept = [grant for grant in grants if grant.organisation_id in present]
    if not kept:
        raise ValidationError("Ingen av parterna är kvar i projektet.")
    period = renewed_period(locked, on=stamp_day())
    if period is None:
        raise ValidationError(_NOT_RENEWED)
    first, last = period
    asked = ConsentQuestion((), (), locked.purpose.text, form, by)
    new = _answer(locked.enrolment, asked, asked.purpose, by, concerns_on=first, valid_through=last, renews=locked)
    open_cells(new, [(grant.organisation_id, grant.category) for grant in kept])
    _log("consent_renew", locked.enrolment, by)
    return new


@action
def withdraw_consent(
    *,
    consent: Consent,
    cells: Iterable[tuple[int, str]] | None = None,
    offered: Iterable[tuple[int, str]] | None = None,
    form: ConsentForm,
    by: User,
) -> ConsentWithdrawal:
    """Take back a consent and its renewals at once: all of it, or the given cells (party and kind). Nobody reopens
    them.

    Of two who press at the same time the first one's row stands; cells that are taken back already are left as
    they are. Returns the first row. Raises ValidationError for `cells` where none is chosen, and for the form where
    nothing is left to take back. Raises ChangedMeanwhile where this version has been corrected, and where more is open
    than the page offered to take back (`offered`).
    """
    wanted = None if cells is None else set(cells)
    if wanted is not None and not wanted:
        raise ValidationError({"cells": NOTHING_CHOSEN})
    locked = _locked(consent)
    _require_seen(consent, locked)
    renewals = with_renewals(locked)
    if offered is not None and open_in(renewals) - set(offered):
        raise ChangedMeanwhile(WIDENED)
    made = [_take_back(renewal, wanted, form, by) for renewal in renewals]
    rows = [withdrawal for withdrawal in made if withdrawal]
    if not rows:
        raise ValidationError("Det är redan återkallat, eller så har samtycket gått ut.")
    _log("consent_withdraw", locked.enrolment, by)
    return rows[0]


def open_in(consents: Iterable[Consent]) -> set[tuple[int, str]]:
    """The cells that these consents open today or later. One query."""
    cells = ConsentGrant.objects.on_or_after(stamp_day()).filter(consent__in=list(consents))
    return set(cells.values_list("organisation", "category"))


def _take_back(
    consent: Consent, wanted: set[tuple[int, str]] | None, form: ConsentForm, by: User
) -> ConsentWithdrawal | None:
    """The row of one consent; None where nothing of what is wanted is open in it."""
    cells = ConsentGrant.objects.on_or_after(stamp_day()).filter(consent=consent)
    chosen = [cell.pk for cell in cells if wanted is None or (cell.organisation_id, cell.category) in wanted]
    if not chosen:
        return None
    row = ConsentWithdrawal.objects.create(
        enrolment_id=consent.enrolment_id,
        consent=consent,
        form=form,
        concerns_on=stamp_day(),
        owner_id=consent.owner_id,
        recorded_by=by,
    )
    ConsentGrant.objects.filter(pk__in=chosen, withdrawal=None).update(withdrawal=row)
    return row


def _answer(enrolment: Enrolment, asked: ConsentQuestion, purpose: str, by: User, **fields: object) -> Consent:
    return Consent.objects.create(
        enrolment=enrolment,
        form=asked.form,
        purpose=TextBody.objects.write(purpose),
        received_by=asked.received_by,
        owner=enrolment.owner,
        recorded_by=by,
        **fields,
    )


def open_cells(consent: Consent, cells: Iterable[tuple[int, str]], withdrawal: ConsentWithdrawal | None = None) -> None:
    """Write what a consent opens; case and period are repeated, so that one index answers who may read. Cells that are
    withdrawn already open nothing."""
    # Only a no has no last day, and it opens nothing.
    through = consent.valid_through or consent.concerns_on
    ConsentGrant.objects.bulk_create(
        ConsentGrant(
            consent=consent,
            enrolment_id=consent.enrolment_id,
            organisation_id=party,
            category=category,
            valid_from=consent.concerns_on,
            valid_through=through,
            withdrawal=withdrawal,
        )
        for party, category in cells
    )


def _locked(consent: Consent) -> Consent:
    """The newest version of the consent, in a locked case, so that nobody renews it while it is taken back."""
    lock_case(consent.enrolment)
    rows = Consent.objects.select_related("enrolment__participant", "enrolment__project", "owner", "purpose")
    return cast(Consent, rows.latest_version(consent.public_id))


def _require_seen(seen: Consent, now: Consent) -> None:
    """Raises ChangedMeanwhile where the page showed a version that has been corrected since: it said something else."""
    if now.pk != seen.pk and not now.taken_back:
        raise ChangedMeanwhile(CORRECTED)


def _is_renewed(consent: Consent) -> bool:
    """Whether a later consent carries this one on, and hasn't been taken back itself."""
    return ConsentGrant.objects.live().filter(consent__renews=consent).exists()


def _log(part: str, enrolment: Enrolment, by: User) -> None:
    log_change(by=by, part=part, persons=[enrolment.participant.public_id])


def _check(faults: dict[str, str]) -> None:
    if faults:
        raise ValidationError(faults)


def _faults_of_question(enrolment: Enrolment, asked: ConsentQuestion) -> dict[str, str]:
    """Faults of the question, by field: parties, kinds, purpose, and the user to whom the answer was given."""
    found = {
        "parties": fault_of_parties(enrolment, asked.parties),
        "categories": "" if asked.categories else NO_CATEGORY,
        "purpose": fault_of_purpose(asked.purpose),
        "received_by": "" if asked.received_by.organisation_id == enrolment.owner_id else OTHER_ORGANISATION,
    }
    return {field: fault for field, fault in found.items() if fault}


def fault_of_purpose(purpose: str) -> str:
    """The fault of what the parties are to use it for, in words; empty where there is none."""
    said = phrase(purpose)
    words = [word for word in said.split() if sum(letter.isalpha() for letter in word) > 1]
    if len(said) < _SHORTEST_PURPOSE or len(words) < 2:
        return "Skriv med minst två ord vad parterna ska använda uppgifterna till, till exempel planera praktik."
    return "Skriv kortare, högst 300 tecken." if len(said) > 300 else ""
