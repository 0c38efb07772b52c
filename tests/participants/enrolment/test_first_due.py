"""`Enrolment.first_due_on`: kept by every change, and late by it is late by the days that it is made of."""

import random
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from participants.changes import enrolments_changed
from participants.enrolment.deadlines import differing_first_due, first_due_on
from participants.enums import ExitReason, ReferralSource
from participants.models import Enrolment
from projects.actions import FIRST_DAYS, change_project
from projects.models import Project
from tests.world.cases import days_ago, started, with_days
from tests.world.factories import EnrolmentFactory, ProjectFactory
from tests.world.factories.background import PlacementPeriodFactory
from tests.world.late import assert_late_is_what_it_was, late_by_the_first

DONE = ("first_met_on", "assessed_on", "planned_on", "first_placed_on", "followed_up_on")
DAYS = {**dict.fromkeys(DONE, date(2026, 11, 1)), "next_contact_on": None, "source": "social_services"}
DAYS_BY_CHANCE = (*DONE, "next_contact_on", "applied_on", "referred_on")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"next_contact_on": date(2026, 11, 20)}, date(2026, 11, 20)),
        ({"assessed_on": None}, date(2026, 11, 15)),
        ({"planned_on": None}, date(2026, 11, 22)),
        ({"assessed_on": None, "planned_on": None}, date(2026, 11, 15)),
        ({"planned_on": None, "next_contact_on": date(2026, 11, 21)}, date(2026, 11, 21)),
        ({"exited_on": date(2026, 11, 2), "assessed_on": None}, None),
        ({"assessed_on": None, "applied_on": date(2026, 10, 20)}, date(2026, 11, 3)),
        ({"assessed_on": None, "applied_on": date(2026, 11, 3)}, date(2026, 11, 15)),
        ({"assessed_on": None, "referred_on": date(2026, 10, 20)}, date(2026, 11, 3)),
        ({"planned_on": None, "applied_on": date(2026, 10, 20), "source": "own_application"}, date(2026, 11, 22)),
        ({"first_met_on": None}, None),
        ({"first_met_on": None, "applied_on": date(2026, 10, 20)}, date(2026, 10, 30)),
        ({"first_met_on": None, "applied_on": date(2026, 10, 20), "source": "health_care"}, None),
        ({"first_placed_on": None}, date(2026, 11, 4)),
        ({"first_placed_on": date(2027, 1, 1)}, None),
        ({"first_placed_on": None, "placement_days": None}, None),
        ({"first_placed_on": None, "placement_days": None, "assessed_on": None}, date(2026, 11, 15)),
        ({"followed_up_on": None}, date(2026, 11, 13)),
        ({"followed_up_on": None, "planned_on": None}, date(2026, 11, 22)),
    ],
)
def test_it_is_the_first_of_what_the_case_waits_for(fields: dict, expected: date | None) -> None:
    columns = {**fields}
    project = ProjectFactory.build(
        first_meeting_days=10,
        assessment_days=14,
        plan_days=21,
        placement_days=columns.pop("placement_days", 3),
        first_follow_up_days=12,
        host=None,
    )
    assert first_due_on(Enrolment(**{"enrolled_on": date(2026, 11, 1), **DAYS, **columns}), project) == expected


def by_chance(chance: random.Random, *columns: str) -> dict[str, date | None]:
    return {name: chance.choice([None, days_ago(chance.randrange(-30, 60))]) for name in columns}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_late_is_what_it_was_in_worlds_made_by_chance(seed: int) -> None:
    chance = random.Random(seed)
    projects = [
        ProjectFactory(
            assessment_days=chance.choice([1, 14, 40]),
            plan_days=chance.choice([7, 14, 30]),
            first_meeting_days=chance.choice([3, 14, 50]),
            placement_days=chance.choice([1, 5, 40, None]),
            first_follow_up_days=chance.choice([1, 14, 30]),
            ends_on=chance.choice([None, None, days_ago(-20)]),
        )
        for _ in range(2)
    ]
    for number in range(30):
        begun = days_ago(chance.randrange(1, 90))
        left = {"exited_on": days_ago(0), "exit_reason": ExitReason.WORK} if number % 5 == 0 else {}
        days = {**by_chance(chance, *DAYS_BY_CHANCE), "source": chance.choice(ReferralSource.values)}
        EnrolmentFactory(project=chance.choice(projects), enrolled_on=begun, **days, **left)
    Enrolment.objects.filter(pk__in=chance.sample(list(Enrolment.objects.values_list("pk", flat=True)), 10)).update(
        **by_chance(chance, *DAYS_BY_CHANCE)
    )
    ids = list(Enrolment.objects.values_list("pk", flat=True))
    assert differing_first_due(ids)
    enrolments_changed(ids)
    for project in projects:
        assert_late_is_what_it_was(project, days_ago(0), of_facts=False)
    assert any(late_by_the_first(project, days_ago(0)) for project in projects)


@pytest.mark.parametrize(("days", "late"), [(13, {"late", "later"}), (14, {"late"}), (59, {"late"}), (60, set())])
def test_a_change_of_the_project_s_own_days_moves_it(world, days: int, late: set[str]) -> None:
    cases = {"late": started(world.enrolment, 60), "later": started(world.unassigned, 14)}
    with_days(cases["late"], planned_on=days_ago(30), followed_up_on=days_ago(20))
    change_project(
        project=world.project, version=1, data={"assessment_days": days, "plan_days": days}, organisations=[],
        by=world.project_leader,
    )  # fmt: skip
    world.project.refresh_from_db()
    assert_late_is_what_it_was(world.project, days_ago(0), of_facts=False)
    found = late_by_the_first(world.project, days_ago(0))
    assert {name for name, case in cases.items() if case.pk in found} == late


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("first_meeting_days", {"applied_on": days_ago(10), "assessed_on": days_ago(1), "planned_on": days_ago(1)}),
        ("placement_days", {"assessed_on": days_ago(1), "planned_on": days_ago(1)}),
        ("first_follow_up_days", {"assessed_on": days_ago(1), "planned_on": days_ago(8)}),
    ],
)
def test_so_does_a_change_of_the_days_of_each_first_thing(world, name: str, columns: dict) -> None:
    case = with_days(started(world.enrolment, 10), **columns)
    for version, (days, is_late) in enumerate([(3, True), (200, False)], start=1):
        change_project(
            project=world.project, version=version, data={name: days}, organisations=[], by=world.project_leader
        )
        world.project.refresh_from_db()
        assert_late_is_what_it_was(world.project, days_ago(0), of_facts=False)
        assert (case.pk in late_by_the_first(world.project, days_ago(0))) is is_late


def test_other_particulars_of_a_project_move_no_day(world, monkeypatch) -> None:
    worked_out: list[object] = []
    monkeypatch.setattr("projects.actions.after_change_of_days", [worked_out.append])
    by = world.project_leader
    change_project(project=world.project, version=1, data={"follow_up_max_days": 50}, organisations=[], by=by)
    assert worked_out == []
    for version, name in enumerate(FIRST_DAYS, start=2):
        change_project(project=world.project, version=version, data={name: 50}, organisations=[], by=by)
    assert worked_out == [world.project] * 5


def test_a_project_of_many_cases_is_changed_by_few_questions(world, django_assert_max_num_queries) -> None:
    """Two for each five hundred cases that wait for something, besides those of the change itself."""
    for _ in range(40):
        EnrolmentFactory(project=world.project, enrolled_on=days_ago(20))
    data = {"assessment_days": 30, "plan_days": 30}
    with django_assert_max_num_queries(30):
        change_project(project=world.project, version=1, data=data, organisations=[], by=world.project_leader)
    assert Enrolment.objects.filter(first_due_on=days_ago(20) + timedelta(days=30)).count() == 40


@pytest.mark.parametrize(("placed", "days", "gets"), [(False, 5, None), (False, 7, 7), (True, 5, 5)])
def test_an_upgrade_ends_the_placement_deadline_where_nobody_was_ever_placed(
    world, placed: bool, days: int, gets
) -> None:
    """Not in a project that has set its own days, or has placed somebody, even by a mistake that was taken back."""
    case = started(world.enrolment, 40)
    with_days(case, applied_on=days_ago(50), assessed_on=days_ago(35))
    if placed:
        PlacementPeriodFactory(enrolment=world.unassigned, superseded_at=timezone.now())
    Project.objects.filter(pk=world.project.pk).update(placement_days=days)
    empty = ProjectFactory(placement_days=5)
    enrolments_changed(Enrolment.objects.values_list("pk", flat=True))
    import_module("actionplans.migrations.0012_no_placement_deadline").end_deadline(apps, None)
    world.project.refresh_from_db()
    empty.refresh_from_db()
    assert (world.project.placement_days, empty.placement_days) == (gets, 5)
    assert differing_first_due(list(Enrolment.objects.values_list("pk", flat=True))) == 0
