"""Steps on the work list: from near their day until they are judged."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actionplans.models import StepClock
from actionplans.steps.to_judge import refresh_first_step
from casework.worklist.reads import Cases, waiting_in
from casework.worklist.rules.step import StepDayRule
from casework.worklist.task import Outlook, Task
from core.days.dates import today
from participants.scope.scope import Scope
from tests.world.cases import started


@pytest.fixture
def outlook(world) -> Outlook:
    started(world.enrolment, 30)
    return Outlook(world.project, today(), may_edit=True)


def put(world, number: int, **fields) -> None:
    """One step alone can be asked for, as `fields` say."""
    StepClock.objects.filter(enrolment=world.enrolment).update(due_on=None)
    put_too(world, number, **fields)


def put_too(world, number: int, **fields) -> None:
    StepClock.objects.filter(enrolment=world.enrolment, step_number=number).update(**fields)
    refresh_first_step([world.enrolment.pk])


def found(world, outlook: Outlook) -> list[Task]:
    cases = Cases(Scope.of(world.case_worker, outlook.on), world.project, everybody=False)
    rule, lines = StepDayRule(), waiting_in(cases, outlook, 10).lines
    days = [(line, rule.due_on(line, outlook)) for line in lines]
    return [rule.task(line, due_on, outlook) for line, due_on in days if due_on]


def tasks(world, outlook: Outlook) -> list[tuple[str, str]]:
    return [(task.what, task.kind) for task in found(world, outlook)]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (15, []),
        (14, [("Bedöm steg 2", "soon")]),
        (0, [("Bedöm steg 2", "soon")]),
        (-1, [("Bedöm steg 2", "soon")]),
        (-29, [("Bedöm steg 2", "soon")]),
        (-700, [("Bedöm steg 2", "soon")]),
    ],
)
def test_it_is_asked_for_from_two_weeks_ahead_until_it_is_judged(world, outlook, days: int, said: list) -> None:
    put(world, 2, due_on=outlook.on + timedelta(days=days))
    assert tasks(world, outlook) == said


def test_one_that_is_reached_and_a_target_of_the_group_are_not(world, outlook) -> None:
    put(world, 2, due_on=outlook.on, reached_on=outlook.on)
    assert tasks(world, outlook) == []
    put(world, 3, due_on=outlook.on, assessed_on=outlook.on)
    assert tasks(world, outlook) == []
    put(world, 4, due_on=outlook.on)
    assert tasks(world, outlook) == []


def test_the_lowest_alone_is_asked_for(world, outlook) -> None:
    put(world, 3, due_on=outlook.on)
    put_too(world, 2, due_on=outlook.on - timedelta(days=90))
    assert tasks(world, outlook) == [("Bedöm steg 2", "soon")]


def test_the_lowest_is_asked_for_where_a_higher_one_has_an_earlier_day(world, outlook) -> None:
    put(world, 3, due_on=outlook.on - timedelta(days=90))
    put_too(world, 2, due_on=outlook.on)
    assert tasks(world, outlook) == [("Bedöm steg 2", "soon")]


def test_what_it_says_and_where_it_leads(world, outlook, django_assert_num_queries) -> None:
    put(world, 2, due_on=outlook.on + timedelta(days=1))
    with django_assert_num_queries(4):  # the scope's roles, cases with a deadline, with a step, that ended
        (task,) = found(world, outlook)
    assert task.detail.startswith("Målet är att klara steget senast ")
    assert (task.action, task.responsible) == ("Bedöm", "Hanna Handläggare")
    assert task.url == reverse("meeting_create", args=[world.enrolment.public_id]) + "?steg=2"
