"""Two who lock the same rows by ways of their own: both are done, and neither waits for the other for good."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import core.drafts.store as drafts
import participants.amending.moving as moving
import participants.identity.corrections as corrections
import participants.joining.moving as joining
import participants.protection.scrubbing as scrubbing
from actionplans.meetings.corrections import MeetingCorrection, correct_meeting
from actionplans.models import Meeting
from core.days.dates import today
from core.models import TextBody
from participants.assignment.actions import assign_cases
from participants.enums import ExitReason, MisplacedWay, ProtectionLevel
from participants.joining.answers import join_people
from participants.joining.questions import question_about
from participants.models import CaseAssignment, Enrolment, PersonalNumber
from participants.protection.actions import protect_participant
from projects.enums import Role
from tests.actionplans.meetings.test_parallel import at_once
from tests.actionplans.register.builders import PLAIN, register_file
from tests.participants.protection.test_protected_meanwhile import as_sent
from tests.saving.meanwhile import first_and_then
from tests.world import worlds
from tests.world.cases import days_ago, met, started, with_days
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory
from tests.world.pages import shown
from tests.world.worlds import World, member


@pytest.fixture
def world(transactional_db) -> World:
    built = worlds.build()
    started(built.enrolment, 60)
    return built


@pytest.fixture
def other(world) -> Enrolment:
    """Another case of the case worker's, with a later key."""
    return case_of(world, "Vilgot", "Rätt")


def case_of(world: World, given: str, family: str, enrolled_on: date | None = None) -> Enrolment:
    case = EnrolmentFactory(
        project=world.project, given_name=given, family_name=family, enrolled_on=enrolled_on or days_ago(60)
    )
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return Enrolment.objects.get(pk=case.pk)


def handing_out(world: World, cases: list[Enrolment]) -> Callable[[], int]:
    """The press that gives both cases to a colleague; the earlier one is locked first."""
    user = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    return lambda: assign_cases(enrolments=cases, user=user, by=world.coordinator)


def pressing(client: Client, path: str, **answers: Any) -> Callable[[], Any]:
    """The press of the button of a page that is open."""
    sent = {**as_sent(client.get(path), path), **answers}
    return lambda: client.post(path, sent)


def moving_to(client: Client, meeting: Meeting, right: Enrolment) -> Callable[[], Any]:
    path = reverse("meeting_misplaced", args=[meeting.public_id])
    return pressing(client, path, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))


def test_two_move_to_the_case_that_the_other_moves_from(world, other, log_in, holding) -> None:
    one, two = (met(case, world.case_worker, days_ago(3)) for case in (world.enrolment, other))
    presses = [
        moving_to(log_in(world.coordinator), one, other),
        moving_to(log_in(world.case_worker), two, world.enrolment),
    ]
    holding(moving, "lock_cases")
    assert [answer.status_code for answer in at_once(presses)] == [302, 302]
    for meeting, case in ((one, other), (two, world.enrolment)):
        assert Meeting.objects.get(pk=meeting.pk).enrolment_id == case.pk


def test_both_cases_are_handed_out_while_something_is_moved_to_the_earlier_one(world, other, log_in, holding) -> None:
    meeting = met(other, world.case_worker, days_ago(3))
    press = moving_to(log_in(world.coordinator), meeting, world.enrolment)
    holding(moving, "lock_cases")
    answer, count = first_and_then(press, handing_out(world, [world.enrolment, other]))
    assert (answer.status_code, count) == (302, 2)


class TestOfOnePerson:
    """Two cases of one person are handed out, the earlier one first, while the person is changed from the later one."""

    @pytest.fixture
    def later(self, world) -> Enrolment:
        with_days(world.enrolment, exited_on=days_ago(30), exit_reason=ExitReason.WORK)
        case = EnrolmentFactory(
            project=world.project, participant=world.enrolment.participant, enrolled_on=days_ago(20)
        )
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        return Enrolment.objects.get(pk=case.pk)

    @pytest.fixture
    def hand_out(self, world, later) -> Callable[[], int]:
        return handing_out(world, [world.enrolment, later])

    def test_corrected(self, world, later, hand_out, log_in, holding) -> None:
        path = reverse("enrolment_correct", args=[later.public_id])
        press = pressing(log_in(world.case_worker), path, family_name="Oberg")
        holding(corrections, "write_person")
        answer, count = first_and_then(press, hand_out)
        assert (answer.status_code, count) == (302, 2)

    def test_protected(self, world, later, hand_out, log_in, holding) -> None:
        path = reverse("participant_protect", args=[later.participant.public_id])
        press = pressing(log_in(world.case_worker), path, level=ProtectionLevel.CONFIDENTIALITY_MARK, is_kept="on")
        holding(scrubbing, "lock_texts")
        answer, count = first_and_then(press, hand_out)
        assert (answer.status_code, count) == (302, 2)

    def test_joined(self, world, holding) -> None:
        """The newcomer's case comes to the person before the name of all cases is written."""
        with_days(world.enrolment, exited_on=days_ago(30), exit_reason=ExitReason.WORK)
        new = case_of(world, "Åsa", "Öberg", days_ago(20))
        for case, is_claim in ((world.enrolment, False), (new, True)):
            PersonalNumber.objects.filter(participant=case.participant).delete()
            PersonalNumberFactory(participant=case.participant, value="198503032388", is_claim=is_claim)
        newcomer, by = new.participant.public_id, world.coordinator
        question = question_about(newcomer, by, on=today())
        assert question
        holding(joining, "write_person")
        joined, count = first_and_then(
            lambda: join_people(newcomer=newcomer, typed=(), seen=question.fingerprint, by=by),
            handing_out(world, [world.enrolment, new]),
        )
        assert (joined, count) == (world.enrolment.participant, 2)


def test_two_persons_get_each_others_numbers(world, other, log_in, holding) -> None:
    """Each corrected by somebody who doesn't see the other, so that neither is told that the number is taken."""
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignment.objects.filter(enrolment=other).update(user=colleague)
    numbers = ["198503032388", "198001012387"]
    cases = [world.enrolment, other]
    for case, value in zip(cases, numbers, strict=True):
        PersonalNumber.objects.filter(participant=case.participant).delete()
        PersonalNumberFactory(participant=case.participant, value=value)
    presses = [
        pressing(
            log_in(by),
            reverse("enrolment_correct", args=[case.public_id]),
            number=value,
            number_is="mistyped",
            birth_date="",
        )
        for by, case, value in zip((world.case_worker, colleague), cases, reversed(numbers), strict=True)
    ]
    holding(corrections, "refuse_barred_instead")
    assert [answer.status_code for answer in at_once(presses)] == [302, 302]
    found = PersonalNumber.objects.order_by("participant").values_list("participant", "value", "is_claim")
    expected = zip(cases, reversed(numbers), strict=True)
    assert list(found) == [(case.participant_id, value, False) for case, value in expected]


def test_a_meeting_is_moved_while_somebody_whom_its_texts_name_is_protected(world, other, log_in, lingering) -> None:
    third = case_of(world, "Tore", "Tredje")
    meeting = met(world.enrolment, world.case_worker, days_ago(3), text="Ringde Vilgot Rätt om det.")
    said = MeetingCorrection(kind=meeting.kind, held_on=meeting.concerns_on, why="Vilgot Rätt sade annat.")
    now = correct_meeting(meeting=meeting, correction=said, by=world.case_worker)
    press = moving_to(log_in(world.case_worker), now, third)
    # Why it was corrected was written after the note, and is gone through before it.
    lingering(scrubbing, "_write")
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    _, answer = first_and_then(lambda: protect_participant(level=level, case=other, by=world.case_worker), press)
    assert answer.status_code == 302
    assert not TextBody.objects.filter(text__contains="Vilgot").exists()


def test_a_register_is_imported_while_a_meeting_with_one_of_its_persons_is_saved(world, log_in, lingering) -> None:
    """What is saved points at the project when it is committed, and the import waits for the person."""
    person = world.enrolment.participant
    PersonalNumber.objects.filter(participant=person).delete()
    PersonalNumberFactory(participant=person, value=f"19{PLAIN['Personnr'][2:].replace('-', '')}")
    ended = register_file({"Avslut": date(2011, 12, 1), "Orsak": "Arbete"})
    client = log_in(world.coordinator)
    token = shown(client.get("/import/").context["form"])["token"]
    page = client.post("/import/", {"token": token, "file": SimpleUploadedFile("r.xlsx", ended)})["Location"]
    form = {**shown(client.get(page).context["form"]), "do": "approve"}
    path = reverse("meeting_create", args=[world.enrolment.public_id])
    press = pressing(log_in(world.case_worker), path, text="Kom i tid.")
    lingering(drafts, "drop")
    answers = first_and_then(press, lambda: client.post(page, form))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Meeting.objects.count() == 1
    assert Enrolment.objects.filter(participant=person).count() == 2
