"""Two persons of the own organisation who may be one: who may join them, and what differs between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac

from core.swedish.words import day, listed, moment
from participants.enums import ProtectionLevel, Sex
from participants.identity.corrections import PersonCorrection
from participants.identity.history import LABELS, in_words
from participants.joining.questions import PersonDifference
from participants.models import CaseAssignment, Enrolment, Participant
from participants.models.identity import Who
from participants.querysets.person import ParticipantQuerySet
from participants.scope.scope import Scope
from projects.enums import Permission


def in_reach(scope: Scope) -> ParticipantQuerySet:
    """The own organisation's persons whom the user may join with another: enrolled only in projects where the user
    hands out cases. Nobody who is protected is among them."""
    theirs = Enrolment.objects.filter(participant=OuterRef("pk"))
    beyond = theirs.exclude(project__in=scope.roles.project_ids(Permission.ASSIGN))
    own = Participant.objects.filter(organisation=scope.user.organisation_id, protection=ProtectionLevel.NONE)
    return own.filter(Exists(theirs), ~Exists(beyond)).select_related("identity")


@dataclass(frozen=True)
class PersonSide:
    """One of the two, as the page shows it."""

    person: Participant
    cases: Sequence[Enrolment]
    workers: Sequence[str]

    @classmethod
    def of(cls, person: Participant, scope: Scope) -> Self:
        """The person with cases and readers. Two queries."""
        cases = Enrolment.objects.filter(participant=person).select_related("project").order_by("enrolled_on", "pk")
        live = CaseAssignment.objects.on(scope.on).filter(enrolment__participant=person)
        names = (
            str(row.user or row.organisation) for row in live.select_related("user", "organisation").order_by("pk")
        )
        return cls(person, list(cases), list(dict.fromkeys(names)))

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """Labels and words of who the person is, where enrolled, what figures count, and who works with the cases."""
        who = PersonCorrection.of(self.person).who
        counted = sum(not case.is_void for case in self.cases)
        return [
            *((LABELS[name], in_words(name, value)) for name, value in who._asdict().items()),
            ("Inskriven i", "; ".join(map(_in_words, self.cases))),
            ("Räknas som", f"{counted} {'inskrivning' if counted == 1 else 'inskrivningar'}"),
            ("Läses av", listed(list(self.workers)) if self.workers else "ingen är utsedd"),
            ("Registrerad", moment(self.person.created_at)),
        ]

    @property
    def in_short(self) -> str:
        """Birth date, number and projects on one line, to tell two of one name apart."""
        who = PersonCorrection.of(self.person).who
        number = in_words("number", who.number) if who.number else "inget personnummer"
        born = f"född {day(who.birth_date)}" if who.birth_date else "ingen födelsedag"
        return "; ".join([born, number, *map(_in_words, self.cases)])


def _in_words(case: Enrolment) -> str:
    left = f"till {day(case.exited_on)}" if case.exited_on else "pågår"
    return f"{case.project}, från {day(case.enrolled_on)}, {left}{', felregistrerad' if case.is_void else ''}"


@dataclass(frozen=True)
class Pair:
    """Two persons who may be one. `first` was registered first, and is who they become."""

    first: Participant
    second: Participant

    @classmethod
    def of(cls, one: UUID, other: UUID, scope: Scope) -> "Pair | None":
        """The pair in either order; None unless the user may join both. One query."""
        found = list(in_reach(scope).filter(public_id__in={one, other}).order_by("pk"))
        return cls(*found) if len(found) == 2 else None

    @cached_property
    def whos(self) -> tuple[Who, Who]:
        """Who each is said to be."""
        return PersonCorrection.of(self.first).who, PersonCorrection.of(self.second).who

    @cached_property
    def differences(self) -> list[PersonDifference]:
        """The fields in which the two are said to be different, in the order of the form. Where only one has a value
        there is nothing to choose, and a number decides the birth date."""
        first, second = self.whos
        asked = (name for name in Who._fields if not (name == "birth_date" and (first.number or second.number)))
        pairs = ((name, getattr(first, name), getattr(second, name)) for name in asked)
        return [
            PersonDifference(name, LABELS[name], in_words(name, before), in_words(name, after))
            for name, before, after in pairs
            if before != after and _is_said(before) and _is_said(after)
        ]

    @property
    def has_two_numbers(self) -> bool:
        """Whether each has a number, and not the other's."""
        first, second = self.whos
        return bool(first.number and second.number and first.number != second.number)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of both persons and their enrolments: it changes with any correction of either."""
        cases = Enrolment.objects.filter(participant__in=[self.first, self.second]).order_by("pk")
        said = list(cases.values_list("pk", "participant", "enrolled_on", "exited_on", "is_void"))
        return salted_hmac("twins", repr((self.first.pk, self.second.pk, self.whos, said))).hexdigest()[:20]

    @cached_property
    def overlaps(self) -> list[tuple[Enrolment, Enrolment]]:
        """Enrolments of the two in the same project at the same time: the first's, and the second's."""
        cases = Enrolment.objects.counted().select_related("project").order_by("pk")
        second = list(cases.filter(participant=self.second))
        return [
            (case, other)
            for case in cases.filter(participant=self.first)
            for other in second
            if case.project_id == other.project_id and case.period.overlaps(other.period)
        ]

    def chosen(self, second: set[str]) -> Who:
        """The joined person: fields in `second` as the second person's, the others as the first's where it has one. The
        birth date is that of the number."""
        here, there = self.whos
        missing = {name for name in Who._fields if not _is_said(getattr(here, name))}
        who = here._replace(**{name: getattr(there, name) for name in second | missing})
        if not who.number:
            return who
        return who._replace(birth_date=(here if who.number == here.number else there).birth_date)


def _is_said(value: object) -> bool:
    return bool(value) and value != Sex.UNKNOWN
