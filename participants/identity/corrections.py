"""Correcting what was registered about a person and how an enrolment began."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.swedish.personal_numbers import NumberKind, ParsedNumber, parse
from participants.enrolment.actions import correct_enrolment
from participants.enums import PersonalNumberKind, ReferralSource, Sex
from participants.identity.history import remember
from participants.joining.lookup import let_go, log_look_up, look_up, write_numbers
from participants.locking import lock_cases_of, lock_person
from participants.models import Enrolment, Participant, PersonalNumber, PersonIdentity
from participants.models.identity import Who
from participants.protected_number.numbers import refuse_barred_instead
from participants.scope.scope import Scope
from projects.models import Project

_TAKEN = "Numret hör redan till en annan person hos er."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCorrection:
    """A correction of who somebody is. Where a number is given, it decides the birth date."""

    given_name: str
    family_name: str
    number: str
    birth_date: date | None
    sex: str
    phone: str
    email: str

    @classmethod
    def of(cls, participant: Participant) -> Self:
        """The answers that equal what is registered now."""
        identity = participant.identity
        number = current_number(participant)
        return cls(
            given_name=identity.given_name,
            family_name=identity.family_name,
            number=number.value if number else "",
            birth_date=participant.birth_date,
            sex=participant.sex,
            phone=identity.phone,
            email=identity.email,
        )

    @classmethod
    def typed(cls, data: dict[str, Any]) -> Self:
        """The answers of a valid form."""
        number: ParsedNumber | None = data["number"]
        values = {field.name: data[field.name] for field in fields(cls)}
        return cls(**{**values, "number": number.value if number else ""})

    @property
    def who(self) -> Who:
        """The answers as a version of the person's identity."""
        return Who(**asdict(self))

    def shown(self) -> dict[str, Any]:
        """The answers as a form's initial values."""
        return {**asdict(self), "number": f"{self.number[:8]}-{self.number[8:]}" if self.number else ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrection:
    """A correction of when and how an enrolment began."""

    enrolled_on: date
    source: ReferralSource
    applied_on: date | None
    referred_on: date | None

    @classmethod
    def of(cls, enrolment: Enrolment) -> Self:
        """The answers that equal what is registered now."""
        return cls.typed({field.name: getattr(enrolment, field.name) for field in fields(cls)})

    @classmethod
    def typed(cls, data: dict[str, Any]) -> Self:
        """The answers of a valid form."""
        values = {field.name: data[field.name] for field in fields(cls)}
        return cls(**{**values, "source": ReferralSource(data["source"])})

    def shown(self) -> dict[str, Any]:
        """The answers as a form's initial values."""
        return asdict(self)


@action
def correct_case(
    *,
    enrolment: Enrolment,
    person: PersonCorrection,
    entry: EntryCorrection,
    has_new_number: bool = False,
    by: User,
) -> bool:
    """Correct person and enrolment together, all or nothing. Returns whether anything differed.

    With `has_new_number` another number has come instead of the person's earlier one, which is kept with an end and
    still finds the person; without, the earlier one was mistyped and is let go.

    Raises ValidationError for `number` where somebody else has it or it is barred, for `enrolled_on` in the future,
    after the exit or after the day of a cleared step, and for the form where a protected person is given a number or a
    day of birth, or the days overlap another enrolment.
    """
    participant = lock_person(enrolment)
    lock_cases_of(participant)
    changes_entry = entry != EntryCorrection.of(Enrolment.objects.get(pk=enrolment.pk))
    changes_person = amend_person(participant, person, enrolment.project, by, has_new_number=has_new_number)
    if changes_entry:
        correct_enrolment(enrolment=enrolment, by=by, **asdict(entry))
    return changes_person or changes_entry


def amend_person(
    participant: Participant, person: PersonCorrection, project: Project, by: User, *, has_new_number: bool = False
) -> bool:
    """Let a person be who `person` says; part of an action that has locked the person. Returns whether anything
    differed. Raises ValidationError as `correct_case` does for the person."""
    before = PersonCorrection.of(participant)
    if person == before:
        return False
    _correct_person(participant, person, project, by, has_new_number=has_new_number)
    remember(participant, before.who, person.who, by)
    return True


def current_number(participant: Participant) -> PersonalNumber | None:
    """The number in use; earlier ones have an end."""
    return participant.numbers.filter(valid_until=None).order_by("-pk").first()


def replaces_number(participant: Participant, number: ParsedNumber | None) -> bool:
    """Whether the number would stand instead of another one that may have been right: to be asked about.

    A personal number always follows a coordination number, and a number that the person has had before is right again.
    Two queries.
    """
    earlier = current_number(participant)
    if earlier is None or number is None or _is_promotion(earlier, number):
        return False
    return not participant.numbers.filter(value=number.value).exists()


def _is_promotion(earlier: PersonalNumber, number: ParsedNumber) -> bool:
    return (earlier.kind, number.kind) == (NumberKind.COORDINATION, NumberKind.PERSONAL)


def _correct_person(
    participant: Participant, person: PersonCorrection, project: Project, by: User, *, has_new_number: bool
) -> None:
    if participant.is_protected and (person.number or person.birth_date):
        raise ValidationError("Den som har skyddade personuppgifter har varken personnummer eller födelsedag här.")
    write_person(participant, person.who)
    _correct_number(participant, person.number, project, by, has_new_number=has_new_number)
    log_change(by=by, part="participant_correct", persons=[participant.public_id])


def write_person(participant: Participant, who: Who) -> None:
    """Write the person's identity, except for the number, where lists, search and constraints read it. Part of an
    action."""
    Participant.objects.filter(pk=participant.pk).update(birth_date=who.birth_date, sex=Sex(who.sex))
    identity = PersonIdentity(
        participant=participant,
        given_name=who.given_name,
        family_name=who.family_name,
        phone=who.phone,
        email=who.email,
    )
    identity.set_keys().save(force_update=True)
    Enrolment.objects.filter(participant=participant).update(sort_key=identity.sort_key)


def _correct_number(participant: Participant, value: str, project: Project, by: User, *, has_new_number: bool) -> None:
    """Replace a mistyped number. One that another number has come after is kept, with an end."""
    earlier = current_number(participant)
    former = earlier.value if earlier else ""
    if value == former:
        return
    refuse_barred_instead(value, former, participant.organisation)
    is_claim = bool(value) and _is_known(participant, value, project, by)
    new = parse(value, on=stamp_day()) if value else None
    is_succession = earlier and new and (has_new_number or _is_promotion(earlier, new))
    if earlier and is_succession:
        PersonalNumber.objects.filter(pk=earlier.pk).update(valid_until=stamp_day())
    elif earlier:
        earlier.delete()
        let_go(participant.organisation_id, [earlier.value])
    if new:
        participant.numbers.filter(value=value).delete()
        write_numbers([_number(participant, new, stamp_day() if is_succession else None, is_claim=is_claim)])


def _number(
    participant: Participant, number: ParsedNumber, valid_from: date | None, *, is_claim: bool
) -> PersonalNumber:
    return PersonalNumber(
        participant=participant,
        organisation_id=participant.organisation_id,
        value=number.value,
        kind=PersonalNumberKind(number.kind.value),
        valid_from=valid_from,
        is_claim=is_claim,
    )


def _is_known(participant: Participant, value: str, project: Project, by: User) -> bool:
    """Whether a person whom the user can't see has the number. Raises ValidationError for `number` where a person whom
    the user can see has it."""
    organisation = participant.organisation
    known = look_up(
        [value], scope=Scope.of(by, stamp_day()), owner=organisation, project=project, apart_from=participant
    )
    if value in known.seen:
        raise ValidationError({"number": _TAKEN})
    log_look_up([known.subject(value, participant)], by=by)
    return value in known.unseen
