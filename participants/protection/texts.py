"""Finds the texts and files about a person by the registry of personal data, and which organisation is to go through
them."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, ForeignKey, Model, Q, QuerySet

from accounts.models import Organisation
from core.enums import Disposal
from core.models import StoredFile, TextBody
from core.prepared.questions import prepared
from core.privacy import PersonalField, personal_fields, personal_models
from core.swedish.keys import sort_key
from participants.models import CaseAssignment, Enrolment, Participant, TextToCheck
from participants.querysets.person import TextToCheckQuerySet
from participants.scope.case_workers import still_there
from participants.scope.scope import Scope
from projects.models import Project


def to_go_through(enrolment: Enrolment, organisation: Organisation, *, on: date) -> TextToCheckQuerySet:
    """Texts that the organisation has to go through on the page of this case: written by it there, about any protected
    person.

    Includes texts of the person's other cases, unless a user of the organisation works with those and goes through
    them.
    """
    # Asked first, as nearly always there are none: the long question names every field with a text.
    if not _first_waiting.ask(owner=organisation.pk):
        return TextToCheck.objects.none()
    return _of_case(enrolment, organisation, on)


def count_to_go_through(enrolment: Enrolment, organisation: Organisation, *, on: date) -> int:
    """The number of texts that the organisation has to go through on the page of this case."""
    waits = _first_waiting.ask(owner=organisation.pk)
    return _of_case(enrolment, organisation, on).count() if waits else 0


def _of_case(enrolment: Enrolment, organisation: Organisation, on: date) -> TextToCheckQuerySet:
    waiting = TextToCheck.objects.waiting().filter(owner=organisation)
    here = _stands_in({enrolment.pk})
    about_another = Q(is_about_another=True) & here
    if not enrolment.participant.is_protected:
        return waiting.filter(about_another)
    named = CaseAssignment.objects.on(on).filter(still_there(on=on), organisation=organisation)
    theirs = named.filter(enrolment__participant=enrolment.participant_id, enrolment__is_void=False)
    others = set(theirs.exclude(enrolment=enrolment).values_list("enrolment", flat=True))
    own = Q(participant=enrolment.participant_id, is_about_another=False)
    return waiting.filter(own & (~_stands_in(others) | here) | about_another if others else own | about_another)


def others_with_texts(enrolment: Enrolment) -> list[str]:
    """Names of other organisations than the case's owner that have texts about its person to go through, in order."""
    waiting = TextToCheck.objects.waiting().filter(participant=enrolment.participant)
    return sorted(set(waiting.exclude(owner=enrolment.owner_id).values_list("owner__name", flat=True)), key=sort_key)


def left_in(scope: Scope, project: Project, organisation: Organisation) -> list[tuple[Enrolment, int]]:
    """Cases of protected persons to which the user is assigned, with texts for the organisation to go through, and how
    many each has; also those that have been found wrong since.

    One query where there are none, as nearly always. Else two, and two for each case: a user is assigned to few
    protected cases.
    """
    if not _first_waiting.ask(owner=organisation.pk):
        return []
    waiting = TextToCheck.objects.waiting().filter(owner=organisation, is_about_another=False)
    enrolments = Enrolment.objects.own_with_void_to(scope).in_project(project).assigned_to(scope)
    cases = enrolments.filter(participant__in=waiting.values("participant")).select_related("participant")
    counted = [(case, _of_case(case, organisation, scope.on).count()) for case in cases.order_by("pk")]
    return [(case, count) for case, count in counted if count]


def _stands_in(enrolments: set[int]) -> Q:
    """Condition on a row with a `body`: it is a text of one of these cases (primary keys)."""
    condition = Q()
    for field in text_fields():
        if way := path(field.model, Enrolment):
            rows = field.model._base_manager.filter(**{f"{way}__in": enrolments}).exclude(**{field.name: None})
            condition |= Q(body__in=rows.values(field.name))
    return condition


def text_fields() -> list[PersonalField]:
    """Foreign keys to a text on models that are about a participant."""
    return [
        field
        for field in personal_fields()
        if field.disposal is Disposal.TEXT and field.model is not TextBody and path(field.model, Participant)
    ]


def files_about(participant: Participant) -> set[int]:
    """Keys of the files that are about the person. One query for each kind of fact that has files."""
    found: set[int] = set()
    for model in personal_models():
        about = path(model, Participant)
        for field in model._meta.fields if about else ():
            if field.related_model is StoredFile:
                found |= set(model._base_manager.filter(**{about: participant}).values_list(field.attname, flat=True))
    return found


@prepared(owner=BigIntegerField())
def _first_waiting(*, owner: Any) -> QuerySet:
    return TextToCheck.objects.waiting().filter(owner=owner).values_list("pk")[:1]


@cache
def path(model: type[Model], target: type[Model]) -> str:
    """The shortest chain of foreign keys from a model to another, as a lookup («enrolment__participant»); empty where
    there is none."""
    return next((way for related, way in _ways(model) if related is target), "")


@cache
def owner_of(model: type[Model]) -> str:
    """The lookup of the nearest column that says which organisation wrote the row."""
    ways = ((related, f"{way}__owner") for related, way in _ways(model))
    near = ((related, way) for related, way in [(model, "owner"), *ways] if hasattr(related, "owner"))
    return next(way for _, way in near)


def _ways(model: type[Model]) -> list[tuple[type[Model], str]]:
    """Lookups to every model that foreign keys lead to from this one, each with its model, the nearest first."""
    ways: list[tuple[type[Model], str]] = [(model, "")]
    for place, before in ways:
        for key, related in _references(place):
            if related not in {field for field, _ in ways}:
                ways.append((related, f"{before}__{key}" if before else key))
    return ways[1:]


def _references(model: type[Model]) -> list[tuple[str, type[Model]]]:
    """Foreign keys to models that are about a person, with their models; not to users, organisations or projects."""
    about = {field.model for field in personal_fields()}
    keys = ((field.name, field.related_model) for field in model._meta.fields if isinstance(field, ForeignKey))
    return [(name, related) for name, related in keys if related in about]
