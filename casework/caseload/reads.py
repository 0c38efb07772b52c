"""Reads of the participant list that need the step clock: searching by step, and the steps of each line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from actionplans.models import StepClock
from core.prepared.questions import prepared
from core.prepared.slots import PAGE_OF_KEYS, in_page
from participants.assignment.responsible import read_responsible
from participants.models import Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet
from projects.models import Project


def at_step(enrolments: EnrolmentQuerySet, project: Project, number: int) -> EnrolmentQuerySet:
    """Enrolments of the project whose highest step held now is `number`; for 0, those without any step held.

    Both who hold the step and who hold a higher one are asked for in the project alone, by one index: to ask each of
    those who hold it whether they hold a higher one takes half as long again.
    """
    held = StepClock.objects.filter(project=project, holds_now=True)
    if not number:
        return enrolments.exclude(pk__in=held.values("enrolment"))
    there, higher = held.filter(step_number=number), held.filter(step_number__gt=number)
    return enrolments.filter(pk__in=there.values("enrolment")).exclude(pk__in=higher.values("enrolment"))


def page_of_list(keys: Collection[int], *, on: date) -> list[Enrolment]:
    """The enrolments on a page of the list, in the order of names, with everything that a line shows: the numbers of
    the steps held now in `held_now`. Three queries.

    `keys` are those of cases that the scope has let through, as many as a page has at most.
    """
    if not keys:
        return []
    asked = in_page(keys)
    cases = _persons.ask(**asked)
    read_responsible(cases, on=on)
    held = _held_steps(asked)
    for case in cases:
        case.held_now = held[case.pk]
    return cases


@prepared(**PAGE_OF_KEYS)
def _persons(**cases: Any) -> EnrolmentQuerySet:
    return Enrolment.objects.filter(pk__in=cases.values()).by_name().select_related("participant__identity")


def _held_steps(asked: Mapping[str, int]) -> Mapping[int, set[int]]:
    """Numbers of the steps held now, by the key of the enrolment. One query, of columns: the models of the clocks cost
    a tenth of the page."""
    held: defaultdict[int, set[int]] = defaultdict(set)
    for case, number in _held.ask(**asked):
        held[case].add(number)
    return held


@prepared(**PAGE_OF_KEYS)
def _held(**cases: Any) -> QuerySet[StepClock, Any]:
    clocks = StepClock.objects.filter(holds_now=True, enrolment__pk__in=cases.values())
    return clocks.values_list("enrolment", "step_number")


def page_of_shared(keys: Iterable[int]) -> EnrolmentQuerySet:
    """The enrolments on a page of shared cases, latest first, with person, project and owner. One query.

    `keys` are primary keys of cases that the scope has let through. They are found by a query of their own: joined to
    the persons, it would make SQLite sort instead of use its index.

    """
    return Enrolment.objects.filter(pk__in=keys).with_person().latest_first()
