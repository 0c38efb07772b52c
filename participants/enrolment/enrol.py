"""Enrolling, in bulk: one person from a form and thousands from a register by one and the same function."""

from collections.abc import Sequence
from dataclasses import fields, replace
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action, stamp_day
from core.batches import bulk
from participants.assignment.actions import assign_all, keep_enroller_as_contact
from participants.changes import enrolments_changed
from participants.enrolment.first_facts import (
    with_waiting,
    write_background,
    write_entries,
    write_referrals,
)
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel
from participants.identity.corrections import PersonCorrection, amend_person
from participants.joining.referred import join_referred
from participants.joining.register import register_persons
from participants.models import Enrolment, Participant, Referral
from participants.protection.scrubbing import list_text
from participants.referral.actions import PROTECTED
from participants.referral.locking import lock_waiting
from participants.referral.versions import give_earlier
from participants.scope.scope import Scope
from participants.self_enrolment import notices as self_enrolments
from projects.models import Project

NAMES_SOMEBODY = "Anvisningen säger nu vem den gäller. Skydda den personen först."
NOBODY_CHOSEN = "Välj vem som ska vara ansvarig. Bara den som är utsedd vid namn ser ärendet."


@action
def enrol_participant(
    *, new: NewEnrolment, project: Project, owner: Organisation, responsible: User | None = None, by: User
) -> Enrolment:
    """Register and enrol one person. A number joins a participant whom `by` may see; any other is written down anew.

    A user who enrols for the own organisation can read the case afterwards, as its contact if in no other way. Somebody
    protected has no name here, and is open to those alone who are named.

    A referral that `new` names is the one that leads here: its person is enrolled, and corrected by what `new` says.
    Where the number is that of somebody else in sight, the two become one.

    Raises ValidationError for `responsible` where somebody protected has nobody named, or the user named isn't a case
    worker there; for `number` where it is barred; and for the form where somebody in sight is enrolled already, the
    referral doesn't wait any more, it names somebody whereas the one to enrol is protected, or it names nobody since
    the identity was protected whereas the one to enrol is named.
    """
    is_protected = new.protection != ProtectionLevel.NONE
    if is_protected and responsible is None:
        raise ValidationError({"responsible": NOBODY_CHOSEN})
    referral = _locked(new.referral, is_protected=is_protected) if new.referral else None
    enrolment = enrol_all([replace(new, referral=referral)], project, owner, by)[0]
    if referral and referral.participant:
        _correct_referred(referral.participant, new, enrolment, by)
    elif referral:
        _name(referral, enrolment)
    if new.is_self is not None:
        self_enrolments.note(enrolment, is_self=new.is_self, by=by)
    if responsible:
        assign_all([enrolment], responsible, by)
    if by.organisation_id == owner.pk and not is_protected and not _can_read(by, enrolment):
        keep_enroller_as_contact(enrolment, by)
    enrolments_changed([enrolment.pk])
    log_change(by=by, part="participant_create", persons=[enrolment.participant.public_id])
    return enrolment


def _locked(referral: Referral, *, is_protected: bool) -> Referral:
    """The referral that leads to an enrolment, read anew and locked. Raises ValidationError for the form where it
    doesn't wait any more, or is named where the one to enrol is protected, or protected where that one is named."""
    now: Referral = lock_waiting(referral)
    if now.participant and is_protected:
        raise ValidationError(NAMES_SOMEBODY)
    if now.is_protected and not is_protected:
        raise ValidationError(PROTECTED)
    return now


def _correct_referred(referred: Participant, new: NewEnrolment, enrolment: Enrolment, by: User) -> None:
    """Let the person of the referral be who `new` says, or become one with the person who has that number."""
    if referred.pk == enrolment.participant_id:
        said = {field.name: getattr(new, field.name) for field in fields(PersonCorrection)}
        amend_person(referred, PersonCorrection.typed(said), enrolment.project, by)
    else:
        join_referred(referred, enrolment.participant, by)


def _name(referral: Referral, enrolment: Enrolment) -> None:
    """Let a referral that named nobody be about who is enrolled. Of somebody protected its words are gone through by
    those who are named, as all words about the person are: nobody knows here what the name is."""
    person = enrolment.participant
    for body in give_earlier(referral, person):
        if person.is_protected:
            list_text(person, body, referral.owner_id, [])


def newly_enrolled(public_id: UUID) -> Enrolment:
    """The enrolment that the user has just made, with its participant. One query.

    Not through the scope: somebody protected is open to those alone who are named, and another may have been named.
    """
    return Enrolment.objects.select_related("participant").get(public_id=public_id)


def _can_read(user: User, enrolment: Enrolment) -> bool:
    return Enrolment.objects.visible_to(Scope.of(user, stamp_day())).filter(pk=enrolment.pk).exists()


def enrol_all(news: Sequence[NewEnrolment], project: Project, owner: Organisation, by: User) -> list[Enrolment]:
    """Write participants, enrolments and their first facts.

    Part of an action, which logs it and calls `enrolments_changed` when all its facts are written.

    Returns the enrolments in the order of `news`. Raises ValidationError for somebody in sight who is enrolled already.
    """
    persons = register_persons(news, project, owner, by)
    facts = {"owner": owner, "recorded_by": by}
    news = with_waiting(news, persons, project)
    enrolments = bulk(
        Enrolment, [_enrolment(new, person, project, owner) for new, person in zip(news, persons, strict=True)]
    )
    pairs = list(zip(news, enrolments, strict=True))
    write_referrals(pairs, project, facts)
    write_entries(pairs, facts)
    write_background(pairs, facts)
    return enrolments


def _enrolment(new: NewEnrolment, person: Participant, project: Project, owner: Organisation) -> Enrolment:
    return Enrolment(
        participant=person,
        project=project,
        owner=owner,
        source=new.source,
        applied_on=new.applied_on,
        referred_on=new.referred_on,
        enrolled_on=new.enrolled_on,
        exited_on=new.exited_on,
        exit_reason=new.exit_reason,
        is_known_before=new.is_known_before,
        assessed_on=new.assessed_on,
        is_imported=new.is_imported,
        sort_key=person.identity.sort_key,
    )
