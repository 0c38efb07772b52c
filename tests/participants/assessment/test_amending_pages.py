"""The pages that put a kartläggning right."""

import pytest
from django.urls import reverse

from participants.assessment.actions import record_assessment
from participants.enums import MisplacedWay
from participants.models import Assessment, Enrolment
from projects.enums import Role
from tests.casework.case.reads import entries
from tests.world import worlds
from tests.world.cases import days_ago
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, submit

CANARY = "Kanarietext om drivkrafter"


@pytest.fixture
def written(world, wrong) -> Assessment:
    return record_assessment(enrolment=wrong, completed_on=days_ago(40), summary=CANARY, by=world.case_worker)


def address(name: str, fact: Assessment) -> str:
    return reverse(name, args=[fact.public_id])


def assessed_on(case: Enrolment):
    return Enrolment.objects.get(pk=case.pk).assessed_on


def test_corrected_the_page_shows_both_and_why(wrong, written, client) -> None:
    sent = {"completed_on": days_ago(9).isoformat(), "summary": "Vill arbeta ute.", "why": "Fel dag."}
    answer = submit(client, address("assessment_edit", written), **sent)
    html = client.get(answer["Location"]).content.decode()
    for words in ("Vill arbeta ute.", "Fel dag.", CANARY):
        assert words in html
    assert assessed_on(wrong) == days_ago(9)
    (told,) = [entry for entry in entries(client, wrong) if entry.title == "Kartläggningen är klar"]
    assert "Fel dag." in told.text
    assert CANARY not in told.text


def test_the_old_address_leads_to_what_stands(written, client) -> None:
    submit(client, address("assessment_edit", written), summary="Vill arbeta ute.", why="Fel.")
    assert "Vill arbeta ute." in client.get(address("assessment_detail", written)).content.decode()


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"why": ""}, "why"), ({"completed_on": ""}, "completed_on"), ({"completed_on": "2099-01-01"}, "completed_on")],
)
def test_what_is_wrong_is_said_at_its_field(written, client, answers, field) -> None:
    answer = submit(client, address("assessment_edit", written), **{"summary": "Kvar", "why": "Fel.", **answers})
    assert field in faults(answer)
    assert "Kvar" in answer.content.decode()
    assert Assessment.objects.get() == written


def test_taken_back_it_is_struck_and_no_longer_counted(wrong, written, client) -> None:
    answer = submit(client, address("assessment_take_back", written), reason="Blev inte av.")
    assert answer["Location"] == wrong.get_absolute_url()
    assert assessed_on(wrong) is None
    (told,) = [entry for entry in entries(client, wrong) if entry.title.startswith("Kartläggningen")]
    assert told.title == "Kartläggningen är klar (återtagen)"
    assert "Blev inte av." in told.text
    # Pressed again, or corrected, it says so.
    for name in ("assessment_take_back", "assessment_edit"):
        html = client.get(address(name, written), follow=True).content.decode()
        assert "Kartläggningen är redan återtagen." in html


def test_words_of_one_that_was_taken_back_are_for_its_author_and_the_coordinator(
    world, wrong, written, client, log_in
) -> None:
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=wrong, user=colleague, role="substitute")
    theirs = log_in(colleague)
    assert theirs.get(address("assessment_take_back", written)).status_code == 403
    assert CANARY in theirs.get(address("assessment_detail", written)).content.decode()
    submit(client, address("assessment_take_back", written), reason="Fel.")
    assert CANARY in client.get(address("assessment_detail", written)).content.decode()
    assert CANARY not in theirs.get(address("assessment_detail", written)).content.decode()


def test_on_the_wrong_person_it_moves_and_nothing_of_it_is_left(world, wrong, written, client) -> None:
    right = EnrolmentFactory(project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(50))
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    submit(client, address("assessment_misplaced", written), way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert (assessed_on(wrong), assessed_on(right)) == (None, days_ago(40))
    assert CANARY not in client.get(wrong.get_absolute_url()).content.decode()
    assert CANARY in client.get(right.get_absolute_url()).content.decode()
    answer = client.get(address("assessment_detail", written))
    assert answer["Location"] == wrong.get_absolute_url()
    assert CANARY not in client.get(answer["Location"]).content.decode()
