"""Saving a plan: every save is a revision, and what it projects on the enrolment."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actionplans.enums import MilestoneState
from actionplans.models import ActionPlan, MilestoneStatus, PlanRevision
from actionplans.plans.actions import (
    MilestoneRecord,
    PlanRecord,
    current_milestones,
    missing_parts,
    save_plan,
)
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.forms.concurrency import ChangedMeanwhile
from tests.world.cases import days_ago, plan, started
from tests.world.factories.plans import MilestoneStatusFactory, PlanRevisionFactory


@pytest.fixture
def case(world):
    return started(world.enrolment, 30)


WHOLE = {
    "main_activity": "Återbruket",
    "week": Week.of("Måndag 9.00–12.00"),
    "next_follow_up_on": today() + timedelta(days=14),
    "milestones": [MilestoneRecord(text="Cv")],
}


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ({}, []),
        ({"main_activity": "  "}, ["huvudsaklig placering eller aktivitet"]),
        ({"week": Week()}, ["veckoschema"]),
        ({"next_follow_up_on": None}, ["nästa uppföljning"]),
        ({"milestones": []}, ["delmål"]),
        ({"milestones": [MilestoneRecord(text="Cv", state=MilestoneState.DROPPED, why="x")]}, ["delmål"]),
        ({"milestones": [MilestoneRecord(text="Cv", state=MilestoneState.REACHED)]}, []),
    ],
)
def test_a_plan_is_complete_with_all_four_parts(left_out, missing) -> None:
    assert missing_parts(PlanRecord(valid_on=today(), **{**WHOLE, **left_out})) == missing


def test_the_first_complete_plan_counts_for_the_deadline(world, case) -> None:
    by = world.case_worker
    plan(case, by, valid_on=days_ago(20), week=Week(), next_follow_up_on=today())
    case.refresh_from_db()
    assert case.planned_on is None
    plan(case, by, based_on=1, valid_on=days_ago(10), next_follow_up_on=today())
    case.refresh_from_db()
    assert case.planned_on == days_ago(10)
    plan(case, by, based_on=2)
    case.refresh_from_db()
    assert case.planned_on == days_ago(10)


def test_each_save_is_numbered_and_the_earlier_stays(world, case) -> None:
    plan(case, world.case_worker)
    plan(case, world.case_worker, based_on=1, main_activity="Butiken")
    said = [
        (plan_revision.number, plan_revision.main_activity.text)
        for plan_revision in PlanRevision.objects.order_by("number")
    ]
    assert said == [(1, "Återbruket, 20 timmar"), (2, "Butiken")]
    assert ActionPlan.objects.count() == 1


@pytest.mark.parametrize("based_on", [0, 2])
def test_a_save_on_top_of_another_revision_is_refused_and_writes_nothing(world, case, based_on) -> None:
    plan(case, world.case_worker)
    with pytest.raises(ChangedMeanwhile):
        plan(case, world.case_worker, based_on=based_on, milestones=[MilestoneRecord(text="Nytt")])
    assert PlanRevision.objects.count() == 1
    assert MilestoneStatus.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"valid_on": today() + timedelta(days=1)}, "valid_on"),
        ({"valid_on": days_ago(31)}, "valid_on"),
        ({"next_follow_up_on": today()}, "next_follow_up_on"),
    ],
)
def test_impossible_days_are_refused(world, case, answers, field) -> None:
    with pytest.raises(ValidationError) as error:
        plan(case, world.case_worker, **answers)
    assert list(error.value.message_dict) == [field]
    assert PlanRevision.objects.count() == 0


def test_an_unchanged_delmal_gets_no_new_fact(world, case) -> None:
    plan(case, world.case_worker)
    stored = current_milestones(case.plan)[0]
    same = MilestoneRecord(text=stored.text.text, due_on=stored.due_on, public_id=stored.milestone.public_id)
    plan(case, world.case_worker, based_on=1, main_activity="Butiken", milestones=[same])
    assert MilestoneStatus.objects.count() == 1
    later = MilestoneRecord(text="Göra klart cv", due_on=None, public_id=stored.milestone.public_id)
    plan(case, world.case_worker, based_on=2, milestones=[later])
    assert [milestone.corrects_id for milestone in current_milestones(case.plan)] == [stored.pk]


def test_a_delmal_left_out_of_the_form_stands_as_it_was(world, case) -> None:
    """It may have been added by somebody else since the form was opened."""
    plan(case, world.case_worker)
    plan(case, world.case_worker, based_on=1, milestones=[MilestoneRecord(text="Nytt")])
    assert [milestone.text.text for milestone in current_milestones(case.plan)] == ["Göra klart cv", "Nytt"]


def test_all_that_one_save_writes_carries_one_stamp(world, case) -> None:
    revision = plan(case, world.case_worker)
    assert {status.recorded_at for status in MilestoneStatus.objects.all()} == {revision.recorded_at}


def test_two_revisions_can_t_share_a_number(world, case) -> None:
    revision = plan(case, world.case_worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRevisionFactory(plan=revision.plan, number=revision.number)


def test_a_delmal_has_one_current_status(world, case) -> None:
    plan(case, world.case_worker)
    status = MilestoneStatus.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneStatusFactory(milestone=status.milestone, text=status.text)


def test_save_plan_takes_names_only(world, case) -> None:
    with pytest.raises(TypeError):
        save_plan(case, PlanRecord(valid_on=today()), 0, world.case_worker)
