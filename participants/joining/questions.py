"""One number on two people: who is asked whether they are one, and what differs between them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import User
from core.prepared.questions import prepared
from participants.identity.corrections import PersonCorrection
from participants.identity.history import LABELS, in_words
from participants.joining.former import joined
from participants.models import (
    CaseAssignment,
    Enrolment,
    IdentityVersion,
    Participant,
    PersonalNumber,
    Referral,
    SamePersonAnswer,
)
from participants.models.identity import Who
from participants.scope.scope import Scope
from projects.enums import Permission, Role


@dataclass(frozen=True, slots=True)
class PersonDifference:
    """A field with two values: the registered person's and the newcomer's."""

    name: str
    label: str
    here: str
    typed: str


@dataclass(frozen=True)
class SamePersonQuestion:
    """The question whether the newcomer, who was written down under a number that `holder` has, is the same person."""

    claim: PersonalNumber
    holder: Participant

    @property
    def newcomer(self) -> Participant:
        """The person for whom the number was written down last."""
        return self.claim.participant

    @cached_property
    def case(self) -> Enrolment | None:
        """The newcomer's latest case; None of one who has only been referred."""
        cases = Enrolment.objects.filter(participant=self.newcomer).select_related("project")
        return cases.order_by("-pk").first()

    @cached_property
    def written(self) -> IdentityVersion | None:
        """The newcomer's first version with the number, and so who wrote it down; None where no version has it."""
        versions = IdentityVersion.objects.filter(participant=self.newcomer, number=self.claim.value)
        return versions.select_related("recorded_by").order_by("pk").first()

    @property
    def by(self) -> str:
        """Name of the user who wrote the number down."""
        return str(self.written.recorded_by or "") if self.written else ""

    @cached_property
    def answer(self) -> SamePersonAnswer | None:
        """The latest answer that they are two persons; None if there is none."""
        answers = SamePersonAnswer.objects.filter(participant=self.holder, newcomer=self.newcomer.public_id)
        return answers.select_related("why", "recorded_by").order_by("-pk").first()

    @cached_property
    def differences(self) -> list[PersonDifference]:
        """The fields in which the two persons differ, in the order of the form."""
        here, typed = PersonCorrection.of(self.holder).who, PersonCorrection.of(self.newcomer).who
        pairs = ((name, getattr(here, name), getattr(typed, name)) for name in Who._fields if name != "number")
        return [
            PersonDifference(name, LABELS[name], in_words(name, before), in_words(name, after))
            for name, before, after in pairs
            if before != after
        ]

    @property
    def fingerprint(self) -> str:
        """A digest of both persons and of the answer so far. It changes with any correction of either, and any
        answer."""
        said = [PersonCorrection.of(person) for person in (self.holder, self.newcomer)]
        answered = self.answer.pk if self.answer else None
        return salted_hmac("same-person", repr((said, self.holder.pk, answered))).hexdigest()[:20]

    @cached_property
    def overlap(self) -> Enrolment | None:
        """A case of the newcomer's in a project where the other person is at the same time; None where there is
        none."""
        cases = Enrolment.objects.counted().select_related("project")
        here = list(cases.filter(participant=self.holder))
        theirs = cases.filter(participant=self.newcomer)
        return next((case for case in theirs if any(_meet(case, other) for other in here)), None)

    def chosen(self, typed: set[str]) -> Who:
        """The joined person: fields in `typed` as the newcomer's, the others as registered before."""
        newcomer = PersonCorrection.of(self.newcomer).who
        taken = {name: getattr(newcomer, name) for name in typed}
        return PersonCorrection.of(self.holder).who._replace(**taken)


def _meet(case: Enrolment, other: Enrolment) -> bool:
    return case.project_id == other.project_id and case.period.overlaps(other.period)


def open_questions(scope: Scope) -> list[SamePersonQuestion]:
    """Questions that wait for the user's answer, the oldest first. Three queries; one where nothing is claimed, as
    nearly always."""
    if not _first_claim.ask(organisation=scope.user.organisation_id):
        return []
    return _questions(_claims(scope).filter(~Exists(_answers())))


@prepared(organisation=BigIntegerField())
def _first_claim(*, organisation: Any) -> QuerySet:
    return PersonalNumber.objects.filter(is_claim=True, organisation=organisation).values_list("pk")[:1]


def question_about(newcomer: UUID, user: User, *, on: date) -> SamePersonQuestion | None:
    """The question about this newcomer, unanswered or answered with a no; None if it isn't the user's to answer."""
    return next(iter(_questions(_claims(Scope.of(user, on)).filter(participant__public_id=newcomer))), None)


def joined_by(newcomer: UUID, user: User, *, on: date) -> SamePersonAnswer | None:
    """The answer «yes» by which this newcomer was joined; None if there is none that the user could have given."""
    answers = joined().filter(newcomer=newcomer, owner=user.organisation_id)
    return answers.filter(_answers_for(Scope.of(user, on))).select_related("recorded_by").order_by("-pk").first()


def _claims(scope: Scope) -> QuerySet[PersonalNumber]:
    """Numbers that were written down for a newcomer while a person whom the user answers for has them."""
    claims = PersonalNumber.objects.filter(is_claim=True, organisation=scope.user.organisation_id)
    return claims.filter(Exists(_held().filter(_answers_for(scope))))


def _held() -> QuerySet[PersonalNumber]:
    """The number row of the person who has the number that another row claims."""
    same = {"organisation": OuterRef("organisation"), "value": OuterRef("value")}
    return PersonalNumber.objects.filter(is_claim=False, **same)


def _answers() -> QuerySet[SamePersonAnswer]:
    """Answers about a claimed number and the person who has it now."""
    numbers = {
        "participant__numbers__value": OuterRef("value"),
        "participant__numbers__is_claim": False,
        "participant__organisation": OuterRef("organisation"),
    }
    return SamePersonAnswer.objects.filter(newcomer=OuterRef("participant__public_id"), **numbers)


def _answers_for(scope: Scope) -> Q:
    """Condition on a number: the user is responsible for a case of its person, or coordinates one of the person's
    projects, or receives the referral by which the person waits.

    A coordinator also answers if the person's only case is wrongly registered, since nobody else sees it.
    """
    user, roles = scope.user, scope.roles
    mine = CaseAssignment.objects.on(scope.on).responsible().filter(user=user)
    cases = Enrolment.objects.filter(participant=OuterRef("participant"), owner=user.organisation_id)
    worked_on = Q(pk__in=mine.values("enrolment"), project__in=roles.project_ids(Permission.EDIT_CASE), is_void=False)
    waits = Referral.objects.waiting().visible_to(scope).filter(participant=OuterRef("participant"))
    return Q(Exists(cases.filter(worked_on | Q(project__in=roles.with_role(Role.COORDINATOR))))) | Q(Exists(waits))


def _questions(claims: QuerySet[PersonalNumber]) -> list[SamePersonQuestion]:
    rows = list(claims.select_related("participant__identity").order_by("pk"))
    held = PersonalNumber.objects.filter(is_claim=False, organisation__in={row.organisation_id for row in rows})
    held = held.filter(value__in={row.value for row in rows}).select_related("participant__identity")
    holders = {(row.organisation_id, row.value): row.participant for row in held} if rows else {}
    return [SamePersonQuestion(row, holders[row.organisation_id, row.value]) for row in rows]
