"""Enrolling, in bulk: one person from a form and thousands from a register by one and the same function."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action, stamp_day
from core.batches import bulk
from core.swedish.personal_numbers import ParsedNumber
from participants.assignment.actions import assign_all, keep_enroller_as_contact
from participants.changes import enrolments_changed
from participants.enrolment.first_facts import write_background, write_entries, write_referrals
from participants.enrolment.new import NewEnrolment
from participants.enums import (
    ProtectionLevel,
)
from participants.identity.history import begin_history
from participants.joining.lookup import log_look_up, write_numbers
from participants.joining.persons import persons_of
from participants.models import (
    Enrolment,
    NamePart,
    Participant,
    PersonalNumber,
    PersonIdentity,
)
from participants.models.identity import Who
from participants.protected_number.numbers import recognise, refuse_barred
from participants.scope.scope import Scope
from participants.self_enrolment import notices as self_enrolments
from projects.models import Project

NOBODY_CHOSEN = "Välj vem som ska vara ansvarig. Bara den som är utsedd vid namn ser ärendet."


@action
def enrol_participant(
    *, new: NewEnrolment, project: Project, owner: Organisation, responsible: User | None = None, by: User
) -> Enrolment:
    """Register and enrol one person. A number joins a participant whom `by` may see; any other is written down anew.

    A user who enrols for the own organisation can read the case afterwards, as its contact if in no other way. Somebody
    protected has no name here, and is open to those alone who are named.

    Raises ValidationError for `responsible` where somebody protected has nobody named, or the user named isn't a case
    worker there; for `number` where it is barred; and for the form where somebody in sight is enrolled already.
    """
    is_protected = new.protection != ProtectionLevel.NONE
    if is_protected and responsible is None:
        raise ValidationError({"responsible": NOBODY_CHOSEN})
    enrolment = enrol_all([new], project, owner, by)[0]
    if new.is_self is not None:
        self_enrolments.note(enrolment, is_self=new.is_self, by=by)
    if responsible:
        assign_all([enrolment], responsible, by)
    if by.organisation_id == owner.pk and not is_protected and not _can_read(by, enrolment):
        keep_enroller_as_contact(enrolment, by)
    enrolments_changed([enrolment.pk])
    log_change(by=by, part="participant_create", persons=[enrolment.participant.public_id])
    return enrolment


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
    refuse_barred([new.number.value for new in news if new.number], owner)
    persons = persons_of(news, project=project, owner=owner, by=by, make=lambda new: _participant(new, owner))
    _write_persons(persons.new, persons.claims, owner, by)
    log_look_up(persons.subjects(), by=by)
    facts = {"owner": owner, "recorded_by": by}
    enrolments = bulk(
        Enrolment, [_enrolment(new, person, project, owner) for new, person in zip(news, persons.of_rows, strict=True)]
    )
    pairs = list(zip(news, enrolments, strict=True))
    write_referrals(pairs, project, facts)
    write_entries(pairs, facts)
    write_background(pairs, facts)
    return enrolments


def _participant(new: NewEnrolment, owner: Organisation) -> Participant:
    is_protected = new.protection != ProtectionLevel.NONE
    born = None if is_protected else _birth_date(new)
    return Participant(organisation=owner, sex=new.sex, birth_date=born, protection=new.protection)


def _write_persons(
    pairs: list[tuple[NewEnrolment, Participant]], claims: Collection[str], owner: Organisation, by: User
) -> None:
    bulk(Participant, [person for _, person in pairs])
    identities = bulk(
        PersonIdentity,
        [
            PersonIdentity(
                participant=person,
                given_name=new.given_name,
                family_name=new.family_name,
                phone=new.phone,
                email=new.email,
            ).set_keys()
            for new, person in pairs
        ],
    )
    NamePart.objects.write_new(identities)
    write_numbers([_number(new, person, claims) for new, person in pairs if new.number and not person.is_protected])
    _bar([(person, new.barred_number) for new, person in pairs], by)
    begin_history(((person, _who(new, person)) for new, person in pairs), by)


def _number(new: NewEnrolment, person: Participant, claims: Collection[str]) -> PersonalNumber:
    number = cast(ParsedNumber, new.number)
    return PersonalNumber(
        participant=person,
        organisation_id=person.organisation_id,
        value=number.value,
        kind=number.kind,
        is_claim=number.value in claims,
    )


def _bar(pairs: list[tuple[Participant, ParsedNumber | None]], by: User) -> None:
    """Of somebody protected a number is never kept, but recognised."""
    for person, number in pairs:
        if number and person.is_protected:
            recognise(person, number.value, by)


def _who(new: NewEnrolment, person: Participant) -> Who:
    number = new.number.value if new.number else ""
    return Who(new.given_name, new.family_name, number, person.birth_date, new.sex, new.phone, new.email)


def _birth_date(new: NewEnrolment) -> date | None:
    return new.number.birth_date if new.number else new.birth_date


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
