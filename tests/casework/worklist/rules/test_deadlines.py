"""Kartläggning, plan and next contact on the work list: the rules that watch a deadline of each case."""

from datetime import date, timedelta

import pytest

from casework.worklist.groups import waiting_cases
from casework.worklist.rules.assessment import AssessmentRule
from casework.worklist.rules.contact import ContactRule
from casework.worklist.rules.plan import PlanRule
from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.assignment.responsible import read_responsible
from participants.models import Enrolment
from projects.models import Project

ON = date(2026, 3, 20)
DONE = {"assessed_on": date(2026, 2, 1), "planned_on": date(2026, 2, 1), "next_contact_on": None}
PROJECT = Project(assessment_days=14, plan_days=21)


def case(**fields) -> Enrolment:
    enrolment = Enrolment(**{"enrolled_on": date(2026, 3, 1), **DONE, **fields})
    enrolment.responsible_now = None
    return enrolment


def told(rule: DeadlineRule, enrolment: Enrolment, *, may_edit: bool = True) -> list[tuple[str, ...]]:
    tasks = rule.tasks([enrolment], Outlook(PROJECT, ON, may_edit))
    return [(task.what, task.detail.replace("\xa0", " "), task.kind, task.action) for task in tasks]


@pytest.mark.parametrize(
    ("rule", "fields", "said"),
    [
        (
            AssessmentRule(),
            {"assessed_on": None},
            ("Kartläggning", "Senast 15 mars · inskriven 1 mars", "late", "Skriv in"),
        ),
        (
            PlanRule(),
            {"planned_on": None},
            ("Handlingsplan", "Senast 22 mars · inskriven 1 mars", "soon", "Gör planen"),
        ),
        (ContactRule(), {"next_contact_on": ON}, ("Uppföljning", "Senast 20 mars", "soon", "Nytt möte")),
    ],
)
def test_what_it_says(rule: DeadlineRule, fields: dict, said: tuple[str, ...]) -> None:
    assert told(rule, case(**fields)) == [said]
    assert [line[3] for line in told(rule, case(**fields), may_edit=False)] == [""]
    assert told(rule, case()) == []


def test_nothing_beyond_the_horizon() -> None:
    days = [ON + timedelta(days=14), ON + timedelta(days=15)]
    assert [len(told(ContactRule(), case(next_contact_on=day))) for day in days] == [1, 0]


@pytest.mark.parametrize(
    ("rule", "field", "days"),
    [(AssessmentRule(), "assessed_on", 14), (PlanRule(), "planned_on", 14), (ContactRule(), "next_contact_on", 0)],
)
def test_a_case_is_read_exactly_where_the_rule_has_something_to_say(world, rule, field: str, days: int) -> None:
    """The condition in the database and the tasks are two halves of one rule, from the day before to the day after."""
    outlook = Outlook(world.project, ON, may_edit=True)
    edge = outlook.horizon - timedelta(days=days)
    for day in (edge - timedelta(days=1), edge, edge + timedelta(days=1)):
        fields = DONE | ({"next_contact_on": day} if days == 0 else {field: None, "enrolled_on": day})
        Enrolment.objects.filter(pk=world.enrolment.pk).update(**fields)
        found = list(Enrolment.objects.filter(pk=world.enrolment.pk))
        read_responsible(found, on=ON)
        waits = waiting_cases(Enrolment.objects.filter(pk=world.enrolment.pk), outlook, [rule]).exists()
        assert waits == bool(list(rule.tasks(found, outlook))) == (day <= edge)
