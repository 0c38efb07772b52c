"""Helping questions of the kartläggning: the model's, until a project words its own."""

import pytest
from django.urls import reverse

from projects.enums import AssessmentArea
from projects.models import AreaQuestions
from projects.questions.page import model_questions, questions_of
from tests.world.factories import ProjectFactory
from tests.world.pages import fill, submit

URL = "/projekt/kartlaggning/"
HEALTH = AssessmentArea.HEALTH


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


def test_a_project_begins_with_the_models(world) -> None:
    assert questions_of(world.project) == model_questions()
    assert all(text.count("?") >= 3 for text in model_questions().values())


def test_a_project_words_its_own_one_on_each_line(world, leader, log_in) -> None:
    submit(leader, URL, health="  Hur sover du?\r\n\r\nHur äter du?  ")
    assert questions_of(world.project)[HEALTH] == "Hur sover du?\nHur äter du?"
    html = log_in(world.case_worker).get(reverse("assessment_create", args=[world.enrolment.public_id]))
    assert "<li>Hur äter du?</li>" in html.content.decode()
    elsewhere = ProjectFactory()
    assert questions_of(elsewhere) == model_questions()


def test_an_area_may_have_none(world, leader) -> None:
    submit(leader, URL, health="")
    assert questions_of(world.project)[HEALTH] == ""
    assert fill(leader, URL).get("health") is None
    assert AreaQuestions.objects.get(project=world.project, area=HEALTH).text == ""


def test_the_project_page_leads_there_for_whoever_may_word_them(world, leader, log_in) -> None:
    link = f'href="{URL}"'
    assert link in leader.get("/projekt/").content.decode()
    assert link not in log_in(world.case_worker).get("/projekt/").content.decode()
