"""Receiving a referral, correcting it, ending it without an enrolment, and taking it up again."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action
from core.models import TextBody
from participants.enrolment.new import NewEnrolment
from participants.enums import ReferralSource, ReferralState
from participants.identity.corrections import PersonCorrection, amend_person
from participants.joining.register import register_persons
from participants.models import Participant, Referral
from participants.referral.locking import ENDED, WAITS, lock_referral, lock_waiting
from participants.referral.versions import succeed
from projects.models import Project

# The ways in which a referral ends without an enrolment, and what is to be said of it where something is.
ENDS: Final = {
    ReferralState.DECLINED_HERE: "Skriv varför projektet tackade nej.",
    ReferralState.DECLINED: "",
    ReferralState.NOT_REACHED: "",
    ReferralState.PASSED_ON: "Skriv till vem anvisningen lämnades vidare.",
    ReferralState.MISTAKEN: "",
}
TOO_EARLY: Final = "Den kan inte vara avslutad före anvisningsdagen."
PROTECTED: Final = "Identiteten är skyddad, så anvisningen får ingen person. Skriv in utan namn."
WAITS_HERE: Final = "Personen väntar redan i kön till projektet."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRecord:
    """All that a referral says besides whom it is about."""

    source: ReferralSource
    referred_on: date
    applied_on: date | None = None
    reason: str = ""
    first_contact_by: str = ""
    consent_on: date | None = None
    consent_given: str = ""

    @classmethod
    def of(cls, referral: Referral) -> Self:
        """The answers that stand now."""
        return cls(
            source=ReferralSource(referral.source),
            referred_on=referral.concerns_on,
            applied_on=referral.applied_on,
            reason=referral.reason.text if referral.reason else "",
            first_contact_by=referral.first_contact_by,
            consent_on=referral.consent_on,
            consent_given=referral.consent_given,
        )

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a version; the words are written down."""
        return {
            "source": self.source,
            "concerns_on": self.referred_on,
            "applied_on": self.applied_on,
            "reason": TextBody.objects.write(self.reason) if self.reason else None,
            "first_contact_by": self.first_contact_by,
            "consent_on": self.consent_on,
            "consent_given": self.consent_given,
        }


@action
def receive_referral(
    *, record: ReferralRecord, person: NewEnrolment | None, project: Project, owner: Organisation, by: User
) -> Referral:
    """Put a referral in the queue. Without a person it says only that somebody wants to be called.

    Raises ValidationError for `number` where it is barred, and for the form where the person is enrolled in the project
    or waits already.
    """
    participant = _registered(person, project, owner, by) if person else None
    referral = Referral.objects.create(
        project=project, participant=participant, owner=owner, recorded_by=by, **record.columns
    )
    _log(referral, by, "referral_create")
    return referral


@action
def correct_referral(
    *,
    referral: Referral,
    record: ReferralRecord,
    who: PersonCorrection | None,
    person: NewEnrolment | None,
    by: User,
) -> Referral:
    """Say anew what a waiting referral says, and who it is about; the version before stays.

    `who` corrects the person that it has; `person` is who it is about where it had nobody. Raises ValidationError as
    `receive_referral` does, and for the form where the referral doesn't wait any more, or names nobody since the
    identity was protected.
    """
    before = lock_waiting(referral)
    participant = before.participant
    if participant and who:
        amend_person(participant, who, before.project, by)
    elif participant is None and person:
        if before.is_protected:
            raise ValidationError(PROTECTED)
        participant = _registered(person, before.project, before.owner, by)
    now = succeed(before, by, participant=participant, **record.columns)
    _log(now, by, "referral_edit")
    return now


@action
def end_referral(*, referral: Referral, state: ReferralState, ended_on: date, said: str = "", by: User) -> Referral:
    """End a referral without an enrolment, or say anew how it ended. `said` is why, or to whom it was passed on.

    Raises ValidationError for `said` where it is needed, for `ended_on` before the referral, and for the form where the
    referral has led to an enrolment.
    """
    before = lock_referral(referral)
    if before.state == ReferralState.ACCEPTED:
        raise ValidationError(ENDED)
    if ENDS[state] and not said:
        raise ValidationError({"said": ENDS[state]})
    if ended_on < before.concerns_on:
        raise ValidationError({"ended_on": TOO_EARLY})
    words = TextBody.objects.write(said) if said else None
    now = succeed(before, by, state=state, ended_on=ended_on, said=words)
    _log(now, by, "referral_end")
    return now


@action
def reopen_referral(*, referral: Referral, by: User) -> Referral:
    """Let a referral that has ended wait again. Raises ValidationError for the form where it waits, where it has led to
    an enrolment, and where the person waits by another."""
    before = lock_referral(referral)
    if before.is_waiting:
        raise ValidationError(WAITS)
    if before.state == ReferralState.ACCEPTED:
        raise ValidationError(ENDED)
    if before.participant:
        _check_not_waiting(before.participant, before.project)
    now = succeed(before, by, state=ReferralState.WAITING, ended_on=None, said=None)
    _log(now, by, "referral_reopen")
    return now


def _registered(person: NewEnrolment, project: Project, owner: Organisation, by: User) -> Participant:
    participant = register_persons([person], project, owner, by)[0]
    _check_not_waiting(participant, project)
    return participant


def _check_not_waiting(participant: Participant, project: Project) -> None:
    if Referral.objects.waiting().in_project(project).filter(participant=participant).exists():
        raise ValidationError(WAITS_HERE)


def _log(referral: Referral, by: User, part: str) -> None:
    persons = [referral.participant.public_id] if referral.participant else []
    log_change(by=by, part=part, persons=persons)
