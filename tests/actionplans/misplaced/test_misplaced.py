"""A meeting that was written on the wrong person: moved to the right one, or taken away."""

import pytest
from django.urls import reverse

from actionplans.models import Meeting, StepAssessment, StepClock
from actionplans.plans.next_contact import next_contact_on
from actionplans.steps.actions import withdraw_assessment
from core.days.dates import today
from core.models import Draft
from core.swedish.words import day
from participants.amending.born import UNBORN_THERE
from participants.enums import MisplacedWay
from participants.models import Enrolment, Misplacement, Participant
from tests.casework.case.reads import entries
from tests.world.canary import rows_with
from tests.world.cases import days_ago, met
from tests.world.factories import EnrolmentFactory
from tests.world.pages import shown

CANARY = "Kanarietext om barnet"


@pytest.fixture
def meeting(world, wrong) -> Meeting:
    return met(
        wrong,
        world.case_worker,
        days_ago(3),
        clears=1,
        text=CANARY,
        others=["Gudrun Granne"],
        next_meeting_on=days_ago(-9),
    )


def put_right(client, meeting: Meeting, right: Enrolment | None):
    address = reverse("meeting_misplaced", args=[meeting.public_id])
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    sent = shown(client.get(address).context["form"]) | {"way": way, "right": str(right.public_id) if right else ""}
    return client.post(address, sent, follow=True)


def about(client, case: Enrolment) -> str:
    """Every page about the person where words of a meeting can stand."""
    person = case.participant.public_id
    addresses = [case.get_absolute_url(), reverse("meeting_create", args=[case.public_id])]
    addresses += [reverse(name, args=[person]) for name in ("participant_readers", "participant_extract")]
    answers = [client.get(address) for address in addresses]
    answers.append(client.post(reverse("participant_extract_json", args=[person]), {"reason": "asked"}))
    assert {answer.status_code for answer in answers} == {200}
    assert answers[-1]["Content-Type"].startswith("application/json")
    return " ".join(b"".join(answer).decode() for answer in answers)


def test_nothing_of_it_is_left_in_the_wrong_file(wrong, right, meeting, client) -> None:
    assert CANARY in about(client, wrong)
    answer = put_right(client, meeting, right)
    moved = f"Mötet {day(meeting.concerns_on)} står på Vilgot Rätt nu, och inte längre här."
    assert moved in answer.content.decode()
    html = about(client, wrong)
    for word in (CANARY, "Gudrun Granne", "Vilgot", str(meeting.public_id)):
        assert word not in html
    assert CANARY in about(client, right)


@pytest.mark.parametrize("moves", [True, False])
def test_a_judgement_taken_back_before_is_emptied_and_not_moved(world, wrong, right, meeting, client, moves) -> None:
    (judged,) = meeting.judged()
    withdraw_assessment(assessment=judged, reason="Kanarieskäl", by=world.case_worker)
    assert "Kanarieskäl" in about(client, wrong)
    put_right(client, meeting, right if moves else None)
    assert rows_with(["Kanarieskäl"]) == []
    assert not StepAssessment.objects.placed().exists()


def test_deadlines_and_clocks_are_those_of_the_right_person(wrong, right, meeting, client) -> None:
    put_right(client, meeting, right)
    for case, clear, next_on in ((wrong, None, None), (right, days_ago(3), days_ago(-9))):
        assert StepClock.objects.get(enrolment=case, step_number=1).cleared_on == clear
        assert Enrolment.objects.get(pk=case.pk).next_contact_on == next_on


def test_both_files_say_that_it_stood_wrong_and_who_read_it(world, wrong, right, meeting, client, log_in) -> None:
    log_in(world.coordinator).get(meeting.get_absolute_url())
    put_right(client, meeting, right)
    marks = {mark.enrolment_id: mark for mark in Misplacement.objects.all()}
    assert (marks[wrong.pk].way, marks[right.pk].way) == (MisplacedWay.MOVED_AWAY, MisplacedWay.CAME_HERE)
    assert "Samira Samordnare" in marks[right.pk].readers.text
    for case, title in ((wrong, "Ett möte stod på fel person"), (right, "Ett möte är flyttat hit")):
        (told,) = [entry for entry in entries(client, case) if entry.title.startswith(title)]
        assert "Samira Samordnare" in told.text
    assert "Samira Samordnare" in about(client, right)


def test_taken_away_the_words_are_nowhere(wrong, meeting, client) -> None:
    Draft.objects.create(
        author=meeting.recorded_by,
        form="CorrectionForm",
        address=reverse("meeting_correct", args=[meeting.paragraphs.get().public_id]),
        subject=wrong.public_id,
        data={"text": [CANARY]},
    )
    put_right(client, meeting, None)
    assert rows_with([CANARY, "Gudrun Granne"]) == []
    assert client.get(meeting.get_absolute_url(), follow=True).context["enrolment"] == wrong
    assert StepClock.objects.get(enrolment=wrong, step_number=1).cleared_on is None
    assert Misplacement.objects.get().way == MisplacedWay.TAKEN_AWAY


def test_a_step_outside_the_right_enrolment_is_refused_and_nothing_moves(wrong, right, meeting, client) -> None:
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=today())
    answer = put_right(client, meeting, right)
    assert "utanför den personens inskrivning" in answer.content.decode()
    assert Meeting.objects.get().enrolment_id == wrong.pk
    assert not Misplacement.objects.exists()


def test_a_meeting_before_anybody_can_have_met_the_right_person_is_refused(world, wrong, right, client) -> None:
    Participant.objects.filter(pk=right.participant_id).update(birth_date=days_ago(30))
    held = met(wrong, world.case_worker, days_ago(31))
    assert UNBORN_THERE in put_right(client, held, right).content.decode()
    assert Meeting.objects.get().enrolment_id == wrong.pk


def test_it_is_not_moved_to_somebody_whom_the_user_does_not_write_about(world, wrong, meeting, client) -> None:
    answer = put_right(client, meeting, world.unassigned)
    assert answer.status_code == 200
    assert Meeting.objects.get().enrolment_id == wrong.pk


def test_written_in_an_emergency_it_counts_with_the_right_person(world, wrong, right, client) -> None:
    written = met(wrong, world.case_worker, days_ago(3))
    Meeting.objects.filter(pk=written.pk).update(in_emergency=True)
    put_right(client, written, right)
    like_it = EnrolmentFactory(project=world.project, enrolled_on=days_ago(60))
    met(like_it, world.case_worker, days_ago(3))
    assert next_contact_on(Enrolment.objects.get(pk=right.pk)) == next_contact_on(like_it)
