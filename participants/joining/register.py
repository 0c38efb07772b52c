"""Writing persons down: somebody in sight who has the number, else somebody new."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from accounts.models import Organisation, User
from core.batches import bulk
from core.swedish.personal_numbers import ParsedNumber
from participants.enums import ProtectionLevel
from participants.identity.history import begin_history
from participants.joining.lookup import log_look_up, write_numbers
from participants.joining.persons import persons_of
from participants.models import NamePart, Participant, PersonalNumber, PersonIdentity
from participants.models.identity import Who
from participants.protected_number.numbers import recognise, refuse_barred
from projects.models import Project

if TYPE_CHECKING:
    from participants.enrolment.new import NewEnrolment


def register_persons(
    news: Sequence["NewEnrolment"], project: Project, owner: Organisation, by: User
) -> list[Participant]:
    """The participant of each row, in the rows' order; those who are new are written down. Part of an action.

    Raises ValidationError for `number` where it is barred, and for the form where somebody in sight is enrolled
    already.
    """
    refuse_barred([new.number.value for new in news if new.number], owner)
    persons = persons_of(news, project=project, owner=owner, by=by, make=lambda new: _participant(new, owner))
    _write_persons(persons.new, persons.claims, by)
    log_look_up(persons.subjects(), by=by)
    return persons.of_rows


def _participant(new: "NewEnrolment", owner: Organisation) -> Participant:
    is_protected = new.protection != ProtectionLevel.NONE
    born = None if is_protected else _birth_date(new)
    return Participant(organisation=owner, sex=new.sex, birth_date=born, protection=new.protection)


def _write_persons(pairs: list[tuple["NewEnrolment", Participant]], claims: Collection[str], by: User) -> None:
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


def _number(new: "NewEnrolment", person: Participant, claims: Collection[str]) -> PersonalNumber:
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


def _who(new: "NewEnrolment", person: Participant) -> Who:
    number = new.number.value if new.number else ""
    return Who(new.given_name, new.family_name, number, person.birth_date, new.sex, new.phone, new.email)


def _birth_date(new: "NewEnrolment") -> date | None:
    return new.number.birth_date if new.number else new.birth_date
