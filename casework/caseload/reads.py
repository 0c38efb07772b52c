"""Reads of the participant list that need the step clock: searching by step, and the steps of each line."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch

from actionplans.models import StepClock
from participants.models import Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet


def at_step(enrolments: EnrolmentQuerySet, number: int) -> EnrolmentQuerySet:
    """Enrolments whose highest step held now is `number`; for 0, those without any step held."""
    held = StepClock.objects.filter(holds_now=True)
    rest = enrolments.exclude(pk__in=held.filter(step_number__gt=number).values("enrolment"))
    return rest.filter(pk__in=held.filter(step_number=number).values("enrolment")) if number else rest


def with_held_steps(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """The enrolments with the clocks of the steps held now in `clocks`, and no others. One query more."""
    held = StepClock.objects.filter(holds_now=True).only("enrolment", "step_number", "holds_now")
    return enrolments.prefetch_related(Prefetch("clocks", held))


def page_of_list(keys: Iterable[int], *, on: date) -> EnrolmentQuerySet:
    """The enrolments on a page of the list, in the order of names, with everything that a line shows. Three queries.

    `keys` are those of cases that the scope has let through.
    """
    persons = Enrolment.objects.filter(pk__in=keys).by_name().select_related("participant__identity")
    return with_held_steps(persons.with_responsible(on=on))


def page_of_shared(keys: Iterable[int]) -> EnrolmentQuerySet:
    """The enrolments on a page of shared cases, latest first, with person, project and owner. One query.

    `keys` are primary keys of cases that the scope has let through. They are found by a query of their own: joined to
    the persons, it would make SQLite sort instead of use its index.

    """
    return Enrolment.objects.filter(pk__in=keys).with_person().latest_first()
