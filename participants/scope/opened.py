"""The prepared questions for cases that a page opens, and who works with them."""

from dataclasses import dataclass
from typing import Any, Final, cast

from django.db.models import BigIntegerField, DateField, DateTimeField, Field, Q, QuerySet, UUIDField
from django.utils import timezone

from accounts.models import User
from core.facts import Fact
from core.prepared.questions import prepared
from participants.models import CaseAssignment, Enrolment
from participants.querysets.facts import CaseFactQuerySet
from participants.scope.scope import Scope
from projects.access import Roles, RolesShape

# What a scope is made of besides roles.
WHO: Final[dict[str, Field]] = {
    "user": BigIntegerField(),
    "organisation": BigIntegerField(),
    "on": DateField(),
    "moment": DateTimeField(),
}


@dataclass(frozen=True, slots=True)
class _Asker:
    """As much of a user as the scope's conditions need."""

    pk: Any
    organisation_id: Any


def who(scope: Scope) -> dict[str, Any]:
    """The values of a scope for a prepared question."""
    user, moment = scope.user, scope.moment or timezone.now()
    return {"user": user.pk, "organisation": user.organisation_id, "on": scope.on, "moment": moment}


def scope_of(roles: RolesShape, *, user: Any, organisation: Any, on: Any, moment: Any) -> Scope:
    """The scope of these roles and values, or of their slots. It can make conditions, and nothing else."""
    return Scope(cast(User, _Asker(user, organisation)), on, Roles(dict(roles), ()), moment)


@prepared(public_id=UUIDField(), **WHO)
def case_by_id(roles: RolesShape, part: str, *, public_id: Any, **values: Any) -> QuerySet:
    """The case with a public id, in a part of the scope (the name of a method of Scope), with its person."""
    condition: Q = getattr(scope_of(roles, **values), part)()
    return Enrolment.objects.filter(condition).with_person().filter(public_id=public_id).order_by("pk")[:1]


@prepared(public_id=UUIDField(), **WHO)
def fact_by_id(roles: RolesShape, model: type[Fact], part: str, *, public_id: Any, **values: Any) -> QuerySet:
    """The version of a fact with a public id, in a part of what the scope lets through (the name of a method of
    CaseFactQuerySet), with its case."""
    facts = getattr(cast(CaseFactQuerySet, model._default_manager.all()), part)(scope_of(roles, **values))
    return facts.with_case().filter(public_id=public_id).order_by("pk")[:1]


@prepared(public_id=UUIDField(), **WHO)
def cases_of_person(roles: RolesShape, *, public_id: Any, **values: Any) -> QuerySet:
    """The cases of the person with a public id that the user may open, the latest first."""
    visible = Enrolment.objects.visible_to(scope_of(roles, **values)).with_person()
    return visible.filter(participant__public_id=public_id).order_by("-enrolled_on", "-pk")


@prepared(participant=BigIntegerField(), enrolment=BigIntegerField(), **WHO)
def other_cases(roles: RolesShape, *, participant: Any, enrolment: Any, **values: Any) -> QuerySet:
    """The cases of the person besides one that the user may open, the latest first, with their projects."""
    visible = Enrolment.objects.visible_to(scope_of(roles, **values)).filter(participant=participant)
    return visible.exclude(pk=enrolment).select_related("project").order_by("-enrolled_on", "-pk")


@prepared(enrolment=BigIntegerField(), on=DateField())
def at_work_in(*, enrolment: Any, on: Any) -> QuerySet:
    """The assignments to a case that hold on the day, with user and organisation."""
    live = CaseAssignment.objects.on(on).filter(enrolment=enrolment)
    return live.select_related("user", "organisation").order_by("pk")
