"""Reads of the participant list that know the step clock: what a search by step finds, and what a line says."""

from datetime import date

from django.db.models import Prefetch

from actionplans.models import StepClock
from participants.querysets.enrolment import EnrolmentQuerySet


def at_step(enrolments: EnrolmentQuerySet, number: int) -> EnrolmentQuerySet:
    """The enrolments whose highest step held now is `number`; 0: no step held yet."""
    held = StepClock.objects.filter(holds_now=True)
    rest = enrolments.exclude(pk__in=held.filter(step_number__gt=number).values("enrolment"))
    return rest.filter(pk__in=held.filter(step_number=number).values("enrolment")) if number else rest


def with_held_steps(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """The enrolments with the clocks of the steps held now in `clocks`, and no others. One query more."""
    held = StepClock.objects.filter(holds_now=True).only("enrolment", "step_number", "holds_now")
    return enrolments.prefetch_related(Prefetch("clocks", held))


def for_list(enrolments: EnrolmentQuerySet, *, on: date) -> EnrolmentQuerySet:
    """The enrolments with all that a line of the list says, by name. Two queries more."""
    persons = enrolments.by_name().select_related("participant__identity")
    return with_held_steps(persons.with_responsible(on=on))
