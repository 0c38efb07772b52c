"""Silence about something never wipes it: every kind of fact is written on a full case, saying nothing of the rest.

`SAID_BY` says which of the facts may change what; a new column of a case needs its line there.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine

from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, correct_paragraph, log_meeting
from actionplans.models import Meeting, StepClock
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.plans.next_contact import booked_meeting_on
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from participants.assessment.actions import record_assessment
from participants.assignment.actions import assign_case
from participants.assignment.choices import Helper
from participants.assignment.helping import add_substitute
from participants.consent.actions import refuse_consent
from participants.emergency.actions import open_in_emergency
from participants.enrolment.actions import correct_enrolment
from participants.enums import ExitReason, LegalGroundKind, ReferralSource
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.identity.corrections import EntryCorrection, PersonCorrection, correct_case
from participants.legal_ground.actions import record_legal_ground
from participants.models import Enrolment
from participants.placement.actions import PlacementRecord, record_placement
from participants.sick_listing.actions import record_sick_listing
from projects.enums import Role
from tests.world import consents
from tests.world.cases import met
from tests.world.consents import Round
from tests.world.worlds import member

NOON = "2026-03-02 11:00:00Z"
WHY = "Hon ringde från akuten och behöver intyget i dag"
Fact = Callable[[Round], Any]


def _meet(case: Round, **answers: Any) -> None:
    said = {"kind": MeetingKind.PHONE, "held_on": today(), "text": "Hen ringde.", "next_meeting_on": None}
    log_meeting(enrolment=case.enrolment, record=MeetingRecord(**{**said, **answers}), by=case.worker)


def _plan(case: Round, on: date, follow_up: date | None, based_on: int, week: str) -> None:
    milestones = [MilestoneRecord(text="Söka bostad")]
    record = PlanRecord(
        valid_on=on,
        main_activity="Byggeriet",
        week=Week.of(week),
        next_follow_up_on=follow_up,
        milestones=milestones if based_on == 0 else [],
    )
    save_plan(enrolment=case.enrolment, record=record, based_on=based_on, by=case.worker)


def _place(case: Round, place: str) -> None:
    record = PlacementRecord(place, case.world.supervisor, Period(today(), None))
    record_placement(enrolment=case.enrolment, record=record, by=case.worker)


def _help(case: Round) -> None:
    helper = member(case.world.project, case.world.ame, Role.CASE_WORKER, "Vera Vikarie")
    period = Period(today(), date(2026, 4, 1))
    add_substitute(enrolment=case.enrolment, helper=Helper(case.world.ame, helper), period=period, by=case.worker)


def _hand_over(case: Round) -> None:
    colleague = member(case.world.project, case.world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign_case(enrolment=case.enrolment, user=colleague, by=case.world.coordinator)


def _sick(case: Round, first: date, last: date) -> None:
    record_sick_listing(enrolment=case.enrolment, from_day=first, last_day=last, percent=50, by=case.worker)


def _end(case: Round) -> None:
    end_enrolment(enrolment=case.enrolment, exited_on=today(), reason=ExitReason.WORK, by=case.worker)


def _end_and_reopen(case: Round) -> None:
    _end(case)
    reopen_enrolment(enrolment=case.enrolment, by=case.worker)


def _open_in_emergency(case: Round) -> None:
    colleague = member(case.world.project, case.world.ame, Role.CASE_WORKER, "Kim Kollega")
    open_in_emergency(enrolment=case.enrolment, reason=WHY, home="https://samverkan.example.se/", by=colleague)


def _correct_phone(case: Round) -> None:
    now = Enrolment.objects.get(pk=case.enrolment.pk)
    person = replace(PersonCorrection.of(now.participant), phone="070-1")
    correct_case(enrolment=now, person=person, entry=EntryCorrection.of(now), by=case.worker)


def _correct_source(case: Round) -> None:
    now = Enrolment.objects.get(pk=case.enrolment.pk)
    days = {"enrolled_on": now.enrolled_on, "applied_on": now.applied_on, "referred_on": now.referred_on}
    correct_enrolment(enrolment=now, source=ReferralSource.HEALTH_CARE, by=case.worker, **days)


def _correct_note(case: Round) -> None:
    note = Meeting.objects.filter(enrolment=case.enrolment).earliest("pk").paragraphs.get()
    correct_paragraph(paragraph=note, text="Trivs.", by=case.worker)


FACTS: dict[str, Fact] = {
    "a later kartläggning": lambda case: record_assessment(
        enrolment=case.enrolment, completed_on=today(), by=case.worker
    ),
    "a plan without a day": lambda case: _plan(case, today(), None, 1, "Måndag 9.00–12.00"),
    "a call": lambda case: _meet(case),
    "a no-show": lambda case: _meet(case, kind=MeetingKind.NO_SHOW, participant_present=False),
    "a meeting without the participant": lambda case: _meet(
        case, kind=MeetingKind.COORDINATION, participant_present=False
    ),
    "another next day": lambda case: _meet(case, next_meeting_on=date(2026, 3, 30)),
    "a note corrected": _correct_note,
    "a substitute": _help,
    "a hand-over": _hand_over,
    "a sick-listing after the other": lambda case: _sick(case, date(2026, 3, 1), date(2026, 3, 2)),
    "another placement": lambda case: _place(case, "Förrådet"),
    "a consent to another kind": lambda case: case.give(Category.MEETINGS),
    "a no to another kind": lambda case: refuse_consent(
        enrolment=case.enrolment, asked=case.asked(Category.HEALTH), by=case.worker
    ),
    "a legal ground": lambda case: record_legal_ground(
        enrolment=case.enrolment, ground=LegalGroundKind.PUBLIC_INTEREST, from_day=today(), by=case.worker
    ),
    "an exit": _end,
    "an exit taken back": _end_and_reopen,
    "a phone number": _correct_phone,
    "another source": _correct_source,
    "an emergency": _open_in_emergency,
}
NOBODY: frozenset[str] = frozenset()
SAID_BY: dict[str, set[str] | frozenset[str]] = {
    **dict.fromkeys(("id", "public_id", "participant", "project", "owner", "is_imported", "sort_key"), NOBODY),
    **dict.fromkeys(("enrolled_on", "applied_on", "referred_on", "is_known_before", "is_void"), NOBODY),
    **dict.fromkeys(("assessed_on", "planned_on", "first_met_on", "first_placed_on", "followed_up_on"), NOBODY),
    "source": {"another source"},
    "exited_on": {"an exit"},
    "exit_reason": {"an exit"},
    "next_contact_on": {"another next day"},
    "first_due_on": {"another next day", "an exit"},
    "first_step_on": {"an exit"},
    "booked": {"another next day"},
    "steps": NOBODY,
    "responsible": {"a hand-over"},
    "helpers": {"a substitute"},
    "sick-listings": {"a sick-listing after the other"},
    "placements": {"another placement"},
    "read by consent": {"a consent to another kind"},
    "milestones": NOBODY,
}


@pytest.fixture
def full(world) -> Round:
    """A case about which everything has been said that a later fact might wipe."""
    case = consents.gather(world)
    record_assessment(enrolment=case.enrolment, completed_on=date(2026, 1, 20), by=case.worker)
    _plan(case, date(2026, 1, 20), date(2026, 2, 9), 0, "Måndag 9.00–13.00")
    met(case.enrolment, case.worker, date(2026, 2, 9), clears=1, next_meeting_on=date(2026, 3, 16))
    _sick(case, date(2026, 2, 1), date(2026, 2, 20))
    with time_machine.travel(NOON, tick=False):
        _place(case, "Köket")
        case.give(Category.PLAN)
    return case


def _state(case: Enrolment) -> dict[str, Any]:
    """What is known of a case, by the names of `SAID_BY`."""
    row = Enrolment.objects.get(pk=case.pk)
    live = row.assignments.on(today())
    responsible = live.responsible().values_list("user", flat=True)
    clocks = StepClock.objects.filter(enrolment=row).order_by("step_number")
    return {
        **{column.name: getattr(row, column.attname) for column in Enrolment._meta.concrete_fields},
        "booked": booked_meeting_on(row),
        "steps": list(clocks.values_list("step_number", "cleared_on", "reached_on", "assessed_on")),
        "responsible": list(responsible),
        "helpers": set(live.values_list("user", flat=True)) - set(responsible),
        "sick-listings": list(row.sick_listings.current().order_by("pk").values_list("concerns_on", "until")),
        "placements": list(row.placements.current().order_by("pk").values_list("place__text", flat=True)),
        "read by consent": set(row.consent_grants.on(today()).values_list("organisation", "category")),
        "milestones": list(row.milestone_statuses.current().order_by("pk").values_list("text__text", "state")),
    }


def test_every_column_of_a_case_has_its_line(full: Round) -> None:
    with time_machine.travel(NOON, tick=False):
        assert _state(full.enrolment).keys() == SAID_BY.keys()
    assert set().union(*SAID_BY.values()) <= FACTS.keys()


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_changes_what_it_speaks_of_and_nothing_else(full: Round, fact: str) -> None:
    with time_machine.travel(NOON, tick=False):
        before = _state(full.enrolment)
        assert before["booked"] == before["next_contact_on"] == date(2026, 3, 16)
        FACTS[fact](full)
        after = _state(full.enrolment)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {name for name, facts in SAID_BY.items() if fact in facts}
