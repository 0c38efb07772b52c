"""A meeting logged by somebody who has the case open in an emergency alone: its words, and nothing that moves it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from actionplans.enums import MeetingKind, Outcome
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import Meeting, StepAssessment
from actionplans.steps.judgement import StepJudgement
from core.days.dates import today
from participants.emergency.actions import open_in_emergency
from participants.models import Enrolment
from projects.enums import Role
from projects.models import Step
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import fill, submit
from tests.world.worlds import member

REASON = "Hon ringde från akuten och behöver intyget i dag"
WORDS = "Ringde boendet, de ordnar ett rum i natt."


@pytest.fixture
def colleague(world):
    return member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")


@pytest.fixture
def client(world, colleague, log_in):
    open_in_emergency(enrolment=world.enrolment, reason=REASON, home="", by=colleague)
    return log_in(colleague)


@pytest.fixture
def url(world) -> str:
    return reverse("meeting_create", args=[world.enrolment.public_id])


def projections(world) -> dict:
    names = ("next_contact_on", "planned_on", "assessed_on", "exited_on")
    return Enrolment.objects.filter(pk=world.enrolment.pk).values(*names).get()


def test_the_words_are_written_and_no_day_is_moved(world, client, url) -> None:
    log_meeting(
        enrolment=world.enrolment,
        record=MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today() - timedelta(days=20), text="Planering"),
        by=world.case_worker,
    )
    before = projections(world)
    assert before["next_contact_on"]
    assert submit(client, url, text=WORDS).status_code == 302
    meeting = Meeting.objects.latest("pk")
    assert (meeting.in_emergency, meeting.next_meeting_on) == (True, None)
    assert meeting.paragraphs.get().body.text == WORDS
    assert projections(world) == before


def test_the_page_asks_for_no_step_and_no_day(client, url) -> None:
    fields = set(client.get(url).context["form"].fields)
    assert {"text", "kind"} <= fields
    assert {"step", "next_choice", "next_meeting_on"} & fields == set()


@pytest.mark.parametrize(
    "more",
    [
        {"step": "1"},
        {"outcome": "cleared"},
        {"next_choice": "2"},
        {"next_meeting_on": "2026-12-24"},
        {"next_choice": "day", "next_meeting_on": "2026-12-24"},
    ],
)
def test_whoever_sends_more_is_refused_and_nothing_is_written(client, url, more) -> None:
    sent = {**fill(client, url, text=WORDS), **more}
    assert client.post(url, sent).status_code == 403
    assert not Meeting.objects.exists()
    assert not StepAssessment.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"next_meeting_on": date(2027, 1, 4)},
        {"judgement": StepJudgement},
    ],
)
def test_the_action_refuses_it_too(world, client, colleague, more) -> None:
    if "judgement" in more:
        step = Step.objects.filter(ladder__project=world.project).order_by("number").first()
        more = {"judgement": StepJudgement(step=step, outcome=Outcome.NOT_CLEARED, answers={})}
    record = MeetingRecord(kind=MeetingKind.PHONE, held_on=today(), text=WORDS, **more)
    with pytest.raises(PermissionDenied):
        log_meeting(enrolment=world.enrolment, record=record, by=colleague)
    assert not Meeting.objects.exists()


def test_another_case_of_the_same_person_lends_this_one_nothing(world, client, colleague, url) -> None:
    """The way in is the case's, not the person's."""
    other = EnrolmentFactory(
        project=world.project,
        participant=world.enrolment.participant,
        enrolled_on=date(2025, 1, 7),
        exited_on=date(2025, 6, 1),
        exit_reason="moved",
    )
    CaseAssignmentFactory(enrolment=other, user=colleague)
    record = MeetingRecord(kind=MeetingKind.PHONE, held_on=today(), text=WORDS, next_meeting_on=date(2027, 1, 4))
    with pytest.raises(PermissionDenied):
        log_meeting(enrolment=world.enrolment, record=record, by=colleague)
    assert submit(client, url, text=WORDS).status_code == 302
    assert Meeting.objects.get().in_emergency


def test_the_case_still_says_when_they_meet_next(world, client, url) -> None:
    """The colleague who noted a call on the way hasn't called off what is booked."""
    booked = today() + timedelta(days=9)
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text="Planering", next_meeting_on=booked)
    log_meeting(enrolment=world.enrolment, record=record, by=world.case_worker)
    page = world.enrolment.get_absolute_url()
    before = dict(client.get(page).context["now"].facts)
    assert submit(client, url, text=WORDS).status_code == 302
    after = dict(client.get(page).context["now"].facts)
    assert after["Nästa möte"] == before["Nästa möte"]
