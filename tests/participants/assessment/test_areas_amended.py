"""Areas of a kartläggning that were wrong: corrected, taken back with it, or moved with it to the right person."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.enums import Category
from core.forms.concurrency import ChangedMeanwhile
from participants.areas.actions import AreaReply, complete_assessment
from participants.areas.corrections import correct_area, take_back_work
from participants.areas.misplaced import put_work_right
from participants.assessment.corrections import correct_assessment, take_back_assessment
from participants.assessment.misplaced import put_assessment_right
from participants.enums import MisplacedWay
from participants.models import AreaAnswer, Assessment, AssessmentWork, Misplacement, OwnWords
from projects.enums import AssessmentArea, Role
from tests.casework.case.reads import entries
from tests.world import worlds
from tests.world.areas import begun, mapped
from tests.world.canary import rows_with
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago
from tests.world.consent_rows import give, take_back
from tests.world.factories import CaseAssignmentFactory
from tests.world.pages import faults, submit

CANARY = "Kanarietext om vanor"
OWN = "Kanarietext med egna ord"
HEALTH = AssessmentArea.HEALTH


@pytest.fixture
def done(world, wrong) -> Assessment:
    return mapped(wrong, world.case_worker, on=days_ago(40), text=CANARY, own_words=OWN)


def answer_in(work: AssessmentWork, area: AssessmentArea = HEALTH) -> AreaAnswer:
    return AreaAnswer.objects.filter(work=work, area=area).latest("pk")


def address(name: str, fact: Any) -> str:
    return reverse(name, args=[fact.public_id])


def told(client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


# --- Corrected --------------------------------------------------------------------------------------------------------


def test_a_corrected_answer_stands_with_why_and_what_stood(done, client) -> None:
    old = answer_in(done.work)
    answer = submit(client, address("area_edit", old), answer="Sover bra.", why="Fel område.")
    assert answer["Location"] == done.get_absolute_url()
    html = told(client, done.get_absolute_url())
    for words in ("Sover bra.", "Fel område.", f"{CANARY} health", "Tidigare versioner av svaret"):
        assert words in html
    new = answer_in(done.work)
    assert (new.corrects, new.category, str(new.why)) == (old, Category.HEALTH, "Fel område.")


def test_one_that_was_changed_while_it_was_under_way_has_no_history(world, wrong, client) -> None:
    for text in (CANARY, "Svar"):
        work = begun(wrong, world.case_worker, text=text)
    done = complete_assessment(work=work, completed_on=days_ago(3), by=world.case_worker)
    html = told(client, done.get_absolute_url())
    assert "Svar health" in html
    assert "Tidigare versioner" not in html
    assert CANARY not in html


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"why": ""}, "why"),
        ({"answer": ""}, "answer"),
        ({"declines": "on"}, "answer"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(done, client, answers, field) -> None:
    url = address("area_edit", answer_in(done.work))
    assert field in faults(submit(client, url, **{"answer": "Sover.", "why": "Fel.", **answers}))
    assert AreaAnswer.objects.current().count() == len(AssessmentArea)


def test_one_under_way_is_corrected_where_it_is_written(world, wrong, client) -> None:
    work = begun(wrong, world.case_worker)
    answer = answer_in(work)
    assert client.get(address("area_edit", answer))["Location"] == address("assessment_create", wrong)
    with pytest.raises(ChangedMeanwhile):
        correct_area(answer=answer, reply=AreaReply("Annat."), why="Fel.", by=world.case_worker)


# --- Taken back -------------------------------------------------------------------------------------------------------


def test_taken_back_no_answer_holds_and_its_author_still_reads_them(world, wrong, done, client, log_in) -> None:
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=wrong, user=colleague, role="substitute")
    take_back_assessment(assessment=done, reason="Fel.", by=world.case_worker)
    assert not AreaAnswer.objects.current().exists()
    assert not OwnWords.objects.current().exists()
    theirs = told(log_in(colleague), done.get_absolute_url())
    assert CANARY not in theirs
    assert OWN not in theirs
    assert CANARY in told(client, done.get_absolute_url())
    assert "Rätta svaret" not in told(client, done.get_absolute_url())
    gone = client.get(address("area_edit", answer_in(done.work)), follow=True).content.decode()
    assert "Svaret är redan återtaget." in gone


def test_one_that_comes_to_nothing_is_taken_back_and_the_next_begins_anew(world, wrong, client) -> None:
    work = begun(wrong, world.case_worker, text=CANARY, own_words=OWN)
    answer = submit(client, address("assessment_work_take_back", work), reason="Ville vänta.")
    assert answer["Location"] == wrong.get_absolute_url()
    assert CANARY not in told(client, address("assessment_create", wrong))
    (line,) = [entry for entry in entries(client, wrong) if entry.title.startswith("Kartläggningen påbörjades")]
    assert "Ville vänta." in line.text
    for name in ("assessment_work_take_back", "assessment_complete"):
        assert "är redan återtagen" in client.get(address(name, work), follow=True).content.decode()
    assert begun(wrong, world.case_worker).pk not in (work.pk, AssessmentWork.objects.get(corrects=work).pk)


def test_only_who_began_it_and_the_coordinator_take_it_back(world, wrong, client, log_in) -> None:
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=wrong, user=colleague, role="substitute")
    work = begun(wrong, world.case_worker)
    with pytest.raises(PermissionDenied):
        take_back_work(work=work, reason="Fel.", by=colleague)
    theirs = told(log_in(colleague), address("assessment_create", wrong))
    assert address("assessment_work_take_back", work) not in theirs
    take_back_work(work=work, reason="Fel.", by=world.coordinator)


# --- On the wrong person ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_moved_all_that_was_said_goes_with_it(world, wrong, right, done, client, is_taken_back) -> None:
    correct_area(answer=answer_in(done.work), reply=AreaReply("Sover bra."), why="Fel.", by=world.case_worker)
    fact = correct_assessment(assessment=done, completed_on=days_ago(30), why="Fel dag.", by=world.case_worker)
    if is_taken_back:
        fact = take_back_assessment(assessment=fact, reason="Fel.", by=world.case_worker)
    put_assessment_right(assessment=fact, right=right, by=world.case_worker)
    for model in (AreaAnswer, OwnWords, AssessmentWork):
        assert set(model.objects.placed().values_list("enrolment", flat=True)) == {right.pk}
        assert not model.objects.filter(enrolment=wrong).exists()
    assert set(Assessment.objects.filter(enrolment=wrong).values_list("work", flat=True)) == {None}
    moved = Assessment.objects.placed().latest("pk")
    assert moved.work == done.work
    html = told(client, moved.get_absolute_url())
    for words in ("Sover bra.", f"{CANARY} own_view", OWN):
        assert words in html
    assert CANARY not in told(client, wrong.get_absolute_url())
    assert client.get(address("area_edit", answer_in(done.work))).status_code in (200, 302)


def test_taken_away_no_word_of_it_is_anywhere(world, wrong, done) -> None:
    correct_area(answer=answer_in(done.work), reply=AreaReply(CANARY), why=CANARY, by=world.case_worker)
    put_assessment_right(assessment=done, right=None, by=world.case_worker)
    assert rows_with([CANARY, OWN]) == []
    assert not AreaAnswer.objects.placed().exists()


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
def test_one_under_way_on_the_wrong_person(world, wrong, right, client, way) -> None:
    work = begun(wrong, world.case_worker, text=CANARY, own_words=OWN)
    moves = way == MisplacedWay.MOVED_AWAY
    submit(
        client,
        address("assessment_work_misplaced", work),
        way=way,
        right=str(right.public_id) if moves else "",
    )
    assert CANARY not in told(client, address("assessment_create", wrong))
    assert (CANARY in told(client, address("assessment_create", right))) is moves
    assert bool(rows_with([CANARY, OWN])) is moves
    assert Misplacement.objects.filter(enrolment=wrong).count() == 1


def test_it_is_not_moved_to_somebody_who_has_one_under_way(world, wrong, right) -> None:
    work = begun(wrong, world.case_worker)
    begun(right, world.case_worker)
    with pytest.raises(ValidationError) as refused:
        put_work_right(work=work, right=right, by=world.case_worker)
    assert "right" in refused.value.message_dict
    assert AssessmentWork.objects.get(pk=work.pk).enrolment == wrong


def test_what_is_complete_leads_to_its_own_pages(done, client) -> None:
    assert client.get(address("assessment_work_take_back", done.work))["Location"] == done.get_absolute_url()
    assert client.get(address("assessment_work_misplaced", done.work))["Location"] == address(
        "assessment_misplaced", done
    )


# --- By consent -------------------------------------------------------------------------------------------------------


def test_health_is_opened_by_itself_and_what_is_closed_is_not_in_the_page(world, wrong, done, log_in) -> None:
    assign_contact(wrong, world.af_case_worker)
    consent = give(wrong, [world.af], [Category.ASSESSMENT], by=world.case_worker)
    theirs = log_in(world.af_case_worker)
    html = told(theirs, done.get_absolute_url())
    assert f"{CANARY} own_view" in html
    assert OWN in html
    assert f"{CANARY} health" not in html
    assert HEALTH.label not in html
    give(wrong, [world.af], [Category.HEALTH], by=world.case_worker)
    assert f"{CANARY} health" in told(theirs, done.get_absolute_url())
    take_back(consent)
    assert theirs.get(done.get_absolute_url()).status_code == 404


def test_one_under_way_is_nobody_elses(world, wrong, log_in) -> None:
    work = begun(wrong, world.case_worker, text=CANARY)
    assign_contact(wrong, world.af_case_worker)
    give(wrong, [world.af], [Category.ASSESSMENT, Category.HEALTH], by=world.case_worker)
    theirs = log_in(world.af_case_worker)
    assert theirs.get(address("assessment_create", wrong)).status_code == 403
    for name in ("assessment_complete", "assessment_work_take_back"):
        assert theirs.get(address(name, work)).status_code == 403
    assert "påbörjad" not in told(theirs, wrong.get_absolute_url())
    assert theirs.get(address("area_edit", answer_in(work))).status_code == 404
