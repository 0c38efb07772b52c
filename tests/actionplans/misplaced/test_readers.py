"""Who had read what stood on the wrong person: after a second move, and where two persons were taken for one."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from actionplans.misplaced.actions import put_meeting_right
from actionplans.misplaced.plans import put_plan_right
from actionplans.models import Meeting, PlanRevision, StepAssessment
from core.days.dates import today
from participants.enums import CaseRole, MisplacedWay
from participants.models import Enrolment, Misplacement
from participants.twins.actions import part_twins
from projects.enums import Role
from tests.participants.twins.test_twins import enrolled, join, other_project  # noqa: F401  # a fixture
from tests.world.cases import days_ago, met, plan
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.worlds import member

AWAY, CAME = MisplacedWay.MOVED_AWAY, MisplacedWay.CAME_HERE


@pytest.fixture
def cases(world) -> list[Enrolment]:
    found = [EnrolmentFactory(project=world.project, enrolled_on=days_ago(60)) for _ in range(3)]
    for case in found:
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return found


def moved(fact, right: Enrolment, by) -> None:
    """Move a meeting or a plan from where it stands now."""
    if isinstance(fact, Meeting):
        put_meeting_right(meeting=Meeting.objects.get(pk=fact.pk), right=right, by=by)
    else:
        put_plan_right(revision=PlanRevision.objects.current().get(), right=right, by=by)


def mark(case: Enrolment, way: MisplacedWay) -> Misplacement:
    return Misplacement.objects.get(enrolment=case, way=way)


def readers(case: Enrolment, way: MisplacedWay) -> str:
    found = mark(case, way).readers
    return found.text if found else ""


@pytest.mark.parametrize("kind", ["meeting", "plan"])
def test_after_a_second_move_each_file_names_those_who_read_there(world, cases, log_in, kind) -> None:
    wrong, between, right = cases
    by = world.case_worker
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=between, user=kim, role=CaseRole.SUBSTITUTE)
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        fact = met(wrong, by, today()) if kind == "meeting" else plan(wrong, by)
    log_in(world.coordinator).get(wrong.get_absolute_url())
    log_in(kim).get(between.get_absolute_url())
    moved(fact, between, by)
    moved(fact, right, by)
    assert mark(between, AWAY).stood_from.date() >= today() - timedelta(days=1)
    assert "Samira" in readers(between, CAME)
    assert readers(between, AWAY) == ""
    assert "Samira" in readers(right, CAME)
    assert "Kim" not in readers(right, CAME)
    assert mark(right, CAME).stood_from == mark(wrong, AWAY).stood_from


def test_who_read_it_in_the_second_file_is_named_too(world, cases, log_in) -> None:
    wrong, between, right = cases
    meeting = met(wrong, world.case_worker, days_ago(3))
    moved(meeting, between, world.case_worker)
    log_in(world.coordinator).get(between.get_absolute_url())
    moved(meeting, right, world.case_worker)
    assert "Samira" in readers(between, AWAY)
    assert "Samira" in readers(right, CAME)


@pytest.mark.parametrize("is_parted", [False, True])
def test_who_read_before_a_join_or_during_one_that_was_undone_is_named(
    world,
    log_in,
    other_project,  # noqa: F811
    is_parted,
) -> None:
    first, second = enrolled(world.project, "Leyla", "Ek"), enrolled(other_project, "Leyla", "Ek")
    right = EnrolmentFactory(project=other_project, enrolled_on=days_ago(300))
    meeting = met(second, world.coordinator, days_ago(1))
    kim = member(other_project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=second, user=kim)
    answer = join(world, first, second) if is_parted else None
    assert log_in(kim).get(meeting.get_absolute_url()).status_code == 200
    if answer:
        part_twins(answer=answer, why="Två personer", by=world.coordinator)
    else:
        join(world, first, second)
    moved(meeting, right, world.coordinator)
    assert "Kim Kollega" in readers(Enrolment.objects.get(pk=second.pk), AWAY)


def test_who_read_the_page_of_its_judgement_is_named(world, cases, log_in) -> None:
    wrong, right, _ = cases
    meeting = met(wrong, world.case_worker, days_ago(5), clears=1)
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=wrong, user=kim, role=CaseRole.SUBSTITUTE)
    page = reverse("step_withdraw", args=[StepAssessment.objects.get().public_id])
    assert log_in(kim).get(page).status_code == 200
    moved(meeting, right, world.case_worker)
    assert "Kim Kollega" in readers(wrong, AWAY)
