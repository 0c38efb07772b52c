"""When the next contact must come: late from the day after `next_contact_on`."""

from datetime import date, timedelta

import pytest

from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.weeks.entries import Week
from core.days.dates import today
from participants.models import Enrolment
from tests.world.cases import with_days

PLANNED = date(2026, 1, 20)


def plan(world, on: date = PLANNED, follow_up: date | None = None, *, complete: bool = True, based_on: int = 0) -> None:
    record = PlanRecord(
        valid_on=on,
        main_activity="Byggeriet",
        week=Week.of("Måndag 9.00–13.00" if complete else ""),
        next_follow_up_on=follow_up,
        milestones=[MilestoneRecord(text="Söka bostad")],
    )
    save_plan(enrolment=world.enrolment, record=record, based_on=based_on, by=world.case_worker)


def meet(world, on: date, next_on: date | None = None, **fields) -> None:
    fields.setdefault("kind", MeetingKind.FOLLOW_UP)
    record = MeetingRecord(held_on=on, text="Vi sågs.", next_meeting_on=next_on, **fields)
    log_meeting(enrolment=world.enrolment, record=record, by=world.case_worker)


def last_day(world) -> date | None:
    return Enrolment.objects.get(pk=world.enrolment.pk).next_contact_on


def is_late(world, on: date) -> bool:
    return Enrolment.objects.late(world.project, on=on).filter(pk=world.enrolment.pk).exists()


@pytest.fixture
def assessed(world):
    with_days(world.enrolment, assessed_on=PLANNED)


def test_nobody_waits_for_contact_before_the_first_plan(world) -> None:
    assert last_day(world) is None


def test_the_first_follow_up_comes_on_the_plans_own_day(world) -> None:
    plan(world, follow_up=date(2026, 2, 9))
    assert last_day(world) == date(2026, 2, 9)


def test_after_a_meeting_contact_is_late_from_day_43(world, assessed) -> None:
    plan(world, follow_up=PLANNED + timedelta(days=14))
    met = PLANNED + timedelta(days=14)
    meet(world, met)
    assert last_day(world) == met + timedelta(days=42)
    assert not is_late(world, met + timedelta(days=42))
    assert is_late(world, met + timedelta(days=43))


def test_a_day_agreed_at_the_meeting_is_the_last(world, assessed) -> None:
    plan(world, follow_up=PLANNED + timedelta(days=14))
    met, agreed = date(2026, 2, 3), date(2026, 2, 20)
    meet(world, met, agreed)
    assert not is_late(world, agreed)
    assert is_late(world, agreed + timedelta(days=1))


def test_a_day_that_the_plan_has_set_holds_over_a_call_in_between(world) -> None:
    plan(world, follow_up=date(2026, 2, 9))
    meet(world, date(2026, 1, 28), kind=MeetingKind.PHONE)
    assert last_day(world) == date(2026, 2, 9)
    meet(world, date(2026, 2, 9))
    assert last_day(world) == date(2026, 2, 9) + timedelta(days=42)


def test_a_new_plan_sets_a_new_day(world) -> None:
    plan(world, follow_up=date(2026, 2, 3))
    meet(world, date(2026, 2, 3), date(2026, 3, 17))
    plan(world, date(2026, 2, 10), date(2026, 2, 24), based_on=1)
    assert last_day(world) == date(2026, 2, 24)


@pytest.mark.parametrize(
    "fields", [{"kind": MeetingKind.NO_SHOW}, {"kind": MeetingKind.COORDINATION, "participant_present": False}]
)
def test_a_no_show_or_a_meeting_without_the_participant_is_no_contact(world, fields) -> None:
    plan(world, follow_up=date(2026, 2, 3))
    meet(world, date(2026, 2, 3), date(2026, 3, 3), **fields)
    assert last_day(world) == date(2026, 2, 3)


def test_an_incomplete_plan_without_a_day_waits_for_no_contact(world) -> None:
    plan(world, complete=False)
    assert last_day(world) is None


def test_the_latest_meeting_counts_whatever_order_they_are_written_in(world) -> None:
    plan(world, follow_up=date(2026, 2, 3))
    meet(world, date(2026, 3, 10))
    meet(world, date(2026, 2, 10))
    assert last_day(world) == date(2026, 3, 10) + timedelta(days=42)


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_kartlaggning_and_plan_are_late_when_day_14_has_passed(world, days, late) -> None:
    assert is_late(world, world.enrolment.enrolled_on + timedelta(days=days)) is late


def test_someone_who_has_left_is_never_late(world) -> None:
    with_days(world.enrolment, exited_on=today(), exit_reason="work")
    assert not is_late(world, today() + timedelta(days=400))


def test_a_call_that_says_nothing_leaves_the_agreed_day(world) -> None:
    plan(world, follow_up=date(2026, 2, 3))
    meet(world, date(2026, 2, 3), date(2026, 3, 3))
    meet(world, date(2026, 2, 5), kind=MeetingKind.PHONE)
    assert last_day(world) == date(2026, 3, 3)
    meet(world, date(2026, 3, 3))
    assert last_day(world) == date(2026, 3, 3) + timedelta(days=42)


def test_what_was_agreed_goes_when_somebody_says_so(world) -> None:
    meet(world, date(2026, 2, 3), date(2026, 3, 3))
    meet(world, date(2026, 2, 5), kind=MeetingKind.PHONE, cancels_next=True)
    assert last_day(world) == date(2026, 2, 5) + timedelta(days=42)


def test_a_plan_that_says_nothing_of_the_next_day_leaves_the_agreed_one(world) -> None:
    plan(world, follow_up=date(2026, 4, 1))
    meet(world, date(2026, 2, 3), date(2026, 3, 3))
    plan(world, date(2026, 2, 10), date(2026, 4, 1), complete=False, based_on=1)
    assert last_day(world) == date(2026, 3, 3)
    plan(world, date(2026, 2, 11), None, based_on=2)
    assert last_day(world) == date(2026, 3, 3)


@pytest.mark.parametrize("on", [date(2026, 1, 25), date(2026, 2, 20)])
def test_a_plan_that_says_nothing_of_the_next_day_leaves_its_own(world, on) -> None:
    """Also a day that has passed and that nobody has kept: saving the plan again hides no lateness."""
    plan(world, follow_up=date(2026, 2, 9))
    plan(world, on, None, based_on=1)
    assert last_day(world) == date(2026, 2, 9)


def test_a_day_of_the_plan_that_was_kept_is_not_brought_back_by_a_plan_that_says_nothing(world) -> None:
    plan(world, follow_up=date(2026, 2, 3))
    meet(world, date(2026, 2, 3))
    plan(world, date(2026, 2, 10), None, based_on=1)
    assert last_day(world) == date(2026, 2, 3) + timedelta(days=42)


def test_a_meeting_written_down_late_leaves_what_was_agreed_after_it(world) -> None:
    meet(world, date(2026, 2, 3), date(2026, 3, 3))
    meet(world, date(2026, 1, 28))
    assert last_day(world) == date(2026, 3, 3)
