"""Kartläggning, plan and next contact on the work list: the rules that watch a deadline of each case."""

from datetime import date, timedelta

import pytest

from casework.worklist.load import spread_of
from casework.worklist.reads import CaseColumns, Cases, Line, waiting_in
from casework.worklist.rules.assessment import AssessmentRule
from casework.worklist.rules.contact import ContactRule
from casework.worklist.rules.first_meeting import FirstMeetingRule
from casework.worklist.rules.follow_up import FollowUpRule
from casework.worklist.rules.placement import PlacementRule
from casework.worklist.rules.plan import PlanRule
from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.models import Project
from tests.world.cases import with_days

ON = date(2026, 3, 20)
DONE = {
    **dict.fromkeys(
        ("first_met_on", "assessed_on", "planned_on", "first_placed_on", "followed_up_on"), date(2026, 2, 1)
    ),
    "next_contact_on": None,
}
PROJECT = Project(assessment_days=14, plan_days=21)


def line(outlook: Outlook, **fields) -> Line:
    columns = {**dict.fromkeys(CaseColumns.__slots__), "enrolled_on": date(2026, 3, 1), **DONE, **fields}
    return Line.of(CaseColumns(**columns), None, outlook)


def told(rule: DeadlineRule, *, may_edit: bool = True, **fields) -> list[tuple[str, ...]]:
    outlook = Outlook(PROJECT, ON, may_edit)
    case = line(outlook, **fields)
    due_on = rule.due_on(case, outlook)
    tasks = [rule.task(case, due_on, outlook)] if due_on else []
    return [(task.what, task.detail.replace("\xa0", " "), task.kind, task.action) for task in tasks]


@pytest.mark.parametrize(
    ("rule", "fields", "said"),
    [
        (
            AssessmentRule(),
            {"assessed_on": None},
            ("Kartläggning", "14 dagar från inskrivningen, senast 15 mars", "late", "Skriv in"),
        ),
        (
            PlanRule(),
            {"planned_on": None},
            ("Handlingsplan", "21 dagar från inskrivningen, senast 22 mars", "soon", "Gör planen"),
        ),
        (
            FirstMeetingRule(),
            {"first_met_on": None, "source": "social_services", "applied_on": date(2026, 3, 7)},
            ("Första personliga mötet", "14 dagar från ansökan, senast 21 mars", "soon", "Nytt möte"),
        ),
        (
            PlacementRule(),
            {"first_placed_on": None},
            ("Första placeringen", "5 arbetsdagar från inskrivningen, senast 6 mars", "late", "Ny placering"),
        ),
        (
            PlacementRule(),
            {"first_placed_on": date(2026, 3, 23)},
            (
                "Första placeringen",
                "5 arbetsdagar från inskrivningen, senast 6 mars, börjar 23 mars",
                "late",
                "Ny placering",
            ),
        ),
        (
            FollowUpRule(),
            {"followed_up_on": None, "planned_on": date(2026, 3, 10)},
            ("Första uppföljningen", "14 dagar från planen, senast 24 mars", "soon", "Nytt möte"),
        ),
        (ContactRule(), {"next_contact_on": ON}, ("Uppföljning", "Senast 20 mars", "soon", "Nytt möte")),
    ],
)
def test_what_it_says(rule: DeadlineRule, fields: dict, said: tuple[str, ...]) -> None:
    assert told(rule, **fields) == [said]
    assert [line[3] for line in told(rule, may_edit=False, **fields)] == [""]
    assert told(rule) == []


def test_nothing_beyond_the_horizon() -> None:
    days = [ON + timedelta(days=14), ON + timedelta(days=15)]
    assert [len(told(ContactRule(), next_contact_on=day)) for day in days] == [1, 0]


@pytest.mark.parametrize(
    ("rule", "field", "days"),
    [(AssessmentRule(), "assessed_on", 14), (PlanRule(), "planned_on", 14), (ContactRule(), "next_contact_on", 0)],
)
def test_a_case_is_read_exactly_where_the_rule_has_something_to_say(world, rule, field: str, days: int) -> None:
    """The condition in the database and the tasks are two halves of one rule, from the day before to the day after."""
    outlook = Outlook(world.project, ON, may_edit=True)
    edge = outlook.horizon - timedelta(days=days)
    cases = Cases(Scope.of(world.case_worker, ON), world.project, everybody=False)
    for day in (edge - timedelta(days=1), edge, edge + timedelta(days=1)):
        fields = DONE | ({"next_contact_on": day} if days == 0 else {field: None, "enrolled_on": day})
        with_days(world.enrolment, **fields)
        Enrolment.objects.filter(pk=world.enrolment.pk).update(enrolled_on=min(day, ON))
        read = waiting_in(cases, outlook, 10).lines
        assert [rule.due_on(case, outlook) is not None for case in read] == [True] * (day <= edge)


@pytest.mark.parametrize(("begins_in", "is_read"), [(-1, False), (0, False), (1, True), (300, True)])
def test_a_placement_that_is_to_begin_too_late_is_read_until_it_begins(world, begins_in: int, is_read: bool) -> None:
    Project.objects.update(placement_days=5)
    world.project.refresh_from_db()
    with_days(world.enrolment, **DONE | {"first_placed_on": ON + timedelta(days=begins_in)})
    outlook = Outlook(world.project, ON, may_edit=True)
    cases = Cases(Scope.of(world.case_worker, ON), world.project, everybody=False)
    read = [PlacementRule().due_on(case, outlook) for case in waiting_in(cases, outlook, 10).lines]
    assert read == [date(2026, 1, 19)] * is_read


@pytest.mark.parametrize("begins_in", [None, 1, 300])
def test_a_project_without_a_deadline_for_the_placement_waits_for_none(world, begins_in: int | None) -> None:
    first = None if begins_in is None else ON + timedelta(days=begins_in)
    for days in (5, None):
        Project.objects.update(placement_days=days)
        world.project.refresh_from_db()
        with_days(world.enrolment, **DONE | {"first_placed_on": first})
        outlook = Outlook(world.project, ON, may_edit=True)
        cases = Cases(Scope.of(world.case_worker, ON), world.project, everybody=False)
        assert len(waiting_in(cases, outlook, 10).lines) == (days is not None)
        late = Enrolment.objects.filter(pk=world.enrolment.pk).late(world.project, on=ON)
        assert late.exists() is (days is not None)
        assert sum(load.late for load in spread_of(cases).loads) == (days is not None)
