"""Texts that stood on the wrong person, where one of the two is protected: they wait to be read where they stand."""

import pytest
from django.urls import reverse

from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import today
from core.models import TextBody
from participants.assessment.actions import record_assessment
from participants.enums import MisplacedWay, ProtectionLevel
from participants.models import Enrolment, TextToCheck
from participants.protection.actions import protect_participant
from participants.protection.texts import to_go_through
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import shown, submit

MARK = ProtectionLevel.CONFIDENTIALITY_MARK
WORDS = "Åsas mamma, fru Lindkvist, ringde"


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.fixture
def other(world) -> Enrolment:
    there = EnrolmentFactory(project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=there, user=world.case_worker)
    return there


def protect(world, case: Enrolment) -> None:
    protect_participant(level=MARK, case=Enrolment.objects.get(pk=case.pk), by=world.coordinator)


def put_right(client, name: str, fact, right: Enrolment | None) -> None:
    address = reverse(f"{name}_misplaced", args=[fact.public_id])
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    sent = shown(client.get(address).context["form"]) | {"way": way, "right": str(right.public_id) if right else ""}
    assert client.post(address, sent).status_code == 302


def waiting_in(case: Enrolment, world) -> set[str]:
    now = Enrolment.objects.select_related("participant").get(pk=case.pk)
    rows = to_go_through(now, world.ame, on=today())
    return set(rows.values_list("body__text", flat=True))


def test_out_of_a_protected_persons_file_it_waits_in_the_right_one(world, case, other, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
    protect(world, case)
    body = MeetingParagraph.objects.get(meeting=meeting).body
    spans = TextToCheck.objects.get(body=body).spans
    put_right(client, "meeting", meeting, other)
    row = TextToCheck.objects.waiting().get(body=body)
    assert (row.participant_id, row.is_about_another, row.spans) == (case.participant_id, True, spans)
    assert (waiting_in(case, world), waiting_in(other, world)) == (set(), {body.text})
    assert submit(client, reverse("enrolment_texts", args=[other.public_id]), more="fru Lindkvist").status_code == 302
    assert "Lindkvist" not in TextBody.objects.get(pk=body.pk).text


def test_moved_back_it_is_one_of_the_persons_own_again(world, case, other, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
    protect(world, case)
    put_right(client, "meeting", meeting, other)
    put_right(client, "meeting", Meeting.objects.get(pk=meeting.pk), case)
    assert not TextToCheck.objects.filter(is_about_another=True).exists()
    assert len(waiting_in(case, world)) == 1
    assert waiting_in(other, world) == set()


@pytest.mark.parametrize("kind", ["meeting", "assessment", "revision"])
def test_in_a_protected_persons_file_it_waits_as_every_text_there(world, case, other, client, kind) -> None:
    by, day = world.case_worker, days_ago(3)
    fact = {
        "meeting": lambda: met(other, by, day, text=WORDS),
        "assessment": lambda: record_assessment(enrolment=other, completed_on=day, summary=WORDS, by=by),
        "revision": lambda: plan(other, by, valid_on=day, main_activity=WORDS),
    }[kind]()
    protect(world, case)
    put_right(client, kind, fact, case)
    row = TextToCheck.objects.waiting().get(body__text=WORDS)
    assert (row.participant_id, row.owner, row.is_about_another) == (case.participant_id, world.ame, False)
    assert WORDS in waiting_in(case, world)
    assert not TextToCheck.objects.filter(body__text="").exists()


def test_what_is_taken_away_waits_nowhere(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
    protect(world, case)
    put_right(client, "meeting", meeting, None)
    assert not TextToCheck.objects.exists()


def test_what_was_gone_through_is_no_longer_about_the_wrong_person(world, case, other, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
    protect(world, case)
    submit(client, reverse("enrolment_texts", args=[case.public_id]))
    assert TextToCheck.objects.exclude(checked_at=None).exists()
    put_right(client, "meeting", meeting, other)
    assert not TextToCheck.objects.exists()
