"""The days of the first personal meeting and the first follow-up, as the case keeps them."""

from datetime import date

import pytest

from actionplans.enums import MeetingKind
from actionplans.meetings.corrections import take_back_meeting
from actionplans.weeks.entries import Week
from participants.models import Enrolment
from tests.world.cases import days_ago, met, plan, started


def firsts(case: Enrolment) -> tuple[date | None, date | None]:
    now = Enrolment.objects.get(pk=case.pk)
    return now.first_met_on, now.followed_up_on


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.mark.parametrize(
    ("answers", "meets", "follows"),
    [
        ({"kind": MeetingKind.FIRST}, True, True),
        ({"kind": MeetingKind.MULTI_PARTY}, True, True),
        ({"kind": MeetingKind.PHONE}, False, True),
        ({"kind": MeetingKind.NO_SHOW}, False, False),
        ({"kind": MeetingKind.COORDINATION, "participant_present": False}, False, False),
    ],
)
def test_a_meeting_in_person_is_a_first_one_and_a_call_follows_up_too(world, case, answers, meets, follows) -> None:
    plan(case, world.case_worker, valid_on=days_ago(30))
    met(case, world.case_worker, days_ago(20), **answers)
    assert firsts(case) == (days_ago(20) if meets else None, days_ago(20) if follows else None)


def test_what_is_said_on_the_day_of_the_plan_follows_nothing_up(world, case) -> None:
    met(case, world.case_worker, days_ago(30))
    plan(case, world.case_worker, valid_on=days_ago(30))
    assert firsts(case) == (days_ago(30), None)
    met(case, world.case_worker, days_ago(29))
    assert firsts(case) == (days_ago(30), days_ago(29))


def test_without_a_complete_plan_nothing_is_followed_up(world, case) -> None:
    plan(case, world.case_worker, valid_on=days_ago(30), week=Week())
    met(case, world.case_worker, days_ago(20))
    assert firsts(case) == (days_ago(20), None)


def test_one_that_is_taken_back_was_never_the_first(world, case) -> None:
    plan(case, world.case_worker, valid_on=days_ago(30))
    first = met(case, world.case_worker, days_ago(20))
    met(case, world.case_worker, days_ago(10))
    take_back_meeting(meeting=first, reason="Fel dag.", by=world.case_worker)
    assert firsts(case) == (days_ago(10), days_ago(10))


def test_another_organisation_s_meeting_is_its_own(world, case) -> None:
    met(case, world.af_case_worker, days_ago(20))
    assert firsts(case) == (None, None)
