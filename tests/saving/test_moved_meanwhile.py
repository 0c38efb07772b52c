"""Something changes in the moment in which it decides what may be written: what was so when the wait began isn't so
after it."""

from dataclasses import asdict, replace

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

import participants.misplaced.marks as marks
import participants.protection.scrubbing as scrubbing
import participants.sick_listing.actions as sick_listing
from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import today
from core.models import TextBody
from participants.amending.forms import REPLACES
from participants.enums import MisplacedWay, ProtectionLevel
from participants.misplaced.forms import NOT_YOURS
from participants.models import EmergencyAccess, Enrolment, SickListing
from participants.protection.actions import protect_participant
from participants.sick_listing.actions import SickListingRecord, correct_sick_listing, record_sick_listing
from projects.enums import Role
from tests.participants.protection.test_protected_meanwhile import as_sent
from tests.saving.meanwhile import first_and_then
from tests.world import worlds
from tests.world.cases import days_ago, met, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, fill, shown
from tests.world.worlds import World, member


@pytest.fixture
def world(transactional_db) -> World:
    built = worlds.build()
    started(built.enrolment, 60)
    return built


@pytest.fixture
def right(world) -> Enrolment:
    case = EnrolmentFactory(project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return Enrolment.objects.get(pk=case.pk)


def protect(world: World, case: Enrolment) -> None:
    now = Enrolment.objects.get(pk=case.pk)
    protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=now, by=world.case_worker)


def test_nothing_is_moved_to_somebody_who_is_being_protected_from_the_user(world, right, log_in, holding) -> None:
    meeting = met(world.enrolment, world.case_worker, days_ago(3))
    client, path = log_in(world.coordinator), reverse("meeting_misplaced", args=[meeting.public_id])
    sent = {**as_sent(client.get(path), path), "way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    holding(scrubbing, "_scrub_columns")
    _, answer = first_and_then(lambda: protect(world, right), lambda: client.post(path, sent))
    assert faults(answer)["right"] == [NOT_YOURS]
    assert Meeting.objects.get().enrolment_id == world.enrolment.pk
    assert "Vilgot" not in answer.content.decode()


def test_who_is_named_in_the_protected_case_moves_it_and_is_told_the_alias(world, right, log_in, holding) -> None:
    meeting = met(world.enrolment, world.case_worker, days_ago(3))
    client, path = log_in(world.case_worker), reverse("meeting_misplaced", args=[meeting.public_id])
    sent = {**as_sent(client.get(path), path), "way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    holding(scrubbing, "_scrub_columns")
    _, answer = first_and_then(lambda: protect(world, right), lambda: client.post(path, sent))
    (receipt,) = map(str, get_messages(answer.wsgi_request))
    assert Meeting.objects.placed().get().enrolment_id == right.pk
    assert right.participant.alias in receipt
    assert "Vilgot" not in receipt


def test_what_is_replaced_there_since_the_page_was_sent_is_asked_about(world, right, log_in, lingering) -> None:
    by, month = world.case_worker, SickListingRecord(percent=25, from_day=days_ago(50), last_day=days_ago(40))
    here = record_sick_listing(enrolment=right, by=by, **asdict(month))
    moved = record_sick_listing(enrolment=world.enrolment, from_day=days_ago(9), last_day=today(), percent=50, by=by)
    client, path = log_in(by), reverse("sick_listing_misplaced", args=[moved.public_id])
    sent = {**as_sent(client.get(path), path), "way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    later = replace(month, from_day=days_ago(7), last_day=days_ago(5))
    lingering(sick_listing, "lay_out")
    correct = lambda: correct_sick_listing(sick_listing=here, record=later, why="Fel.", by=by)  # noqa: E731
    _, answer = first_and_then(correct, lambda: client.post(path, sent))
    assert faults(answer).keys() == {"__all__", REPLACES}
    assert SickListing.objects.get(pk=moved.pk).enrolment_id == world.enrolment.pk
    assert client.post(path, shown(answer.context["form"]) | {REPLACES: "yes"}).status_code == 302


def test_a_note_isnt_corrected_in_the_file_that_its_meeting_is_being_moved_to(world, right, log_in, holding) -> None:
    """What was typed is about whom the page showed."""
    meeting = met(world.enrolment, world.case_worker, days_ago(3), text="Kom i tid.")
    client, path = log_in(world.case_worker), reverse("meeting_correct", args=[meeting.paragraphs.get().public_id])
    sent = {**as_sent(client.get(path), path), "text": "Åsa kom inte."}
    mover, away = log_in(world.coordinator), reverse("meeting_misplaced", args=[meeting.public_id])
    moves = {**as_sent(mover.get(away), away), "way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    holding(marks, "follow")
    moved, answer = first_and_then(lambda: mover.post(away, moves), lambda: client.post(path, sent))
    assert (moved.status_code, answer.status_code) == (302, 200)
    assert list(MeetingParagraph.objects.values_list("enrolment", "body__text")) == [(right.pk, "Kom i tid.")]


def test_no_emergency_opens_the_case_of_somebody_who_is_being_protected(world, log_in, holding) -> None:
    client, path = log_in(member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")), reverse("emergency_open")
    person = world.enrolment.participant
    who = {"given_name": "Åsa", "family_name": "Öberg", "birth_year": str(person.birth_date.year)}
    sent = fill(client, path, **who, reason="Åsa Öberg står i receptionen och behöver hjälp nu")
    holding(scrubbing, "_scrub_columns")
    _, answer = first_and_then(lambda: protect(world, world.enrolment), lambda: client.post(path, sent))
    assert answer.status_code == 200
    assert not EmergencyAccess.objects.exists()
    assert not TextBody.objects.filter(text__contains="Öberg").exists()
