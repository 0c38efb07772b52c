"""What figures are counted by is settled by the project's first adopted report, and its figures stand."""

import re

import pytest
from django.core.exceptions import ValidationError

from projects.actions import COUNTED_BY, change_project
from projects.models import Project
from reports.documents.actions import adopt_report
from tests.reports.documents.test_reports import make_report
from tests.world.forms import filled_in, text_of
from tests.world.worlds import model_project

URL = "/projekt/andra/"
OTHER = {"assessment_days": "21", "plan_days": "30", "beyond_control": ["moved", "illness"]}
WHY = "Det här ligger fast sedan projektets första rapport antogs"


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


@pytest.fixture
def adopted(world, known_project):
    report = make_report(world)
    adopt_report(report=report, based_on=1, by=world.project_leader)
    report.refresh_from_db()
    return report


def answers(client, **changes):
    return filled_in(client, "project_edit") | changes


def test_a_draft_settles_nothing_and_the_page_says_what_will(world, leader, known_project):
    make_report(world)
    page = text_of(leader.get(URL))
    assert WHY not in page
    assert "När en rapport har antagits ligger dagarna för kartläggning och plan fast" in page
    leader.post(URL, answers(leader, **OTHER))
    project = Project.objects.get()
    assert (project.assessment_days, project.plan_days, sorted(project.beyond_control)) == (
        21,
        30,
        ["illness", "moved"],
    )


def test_another_project_s_report_settles_nothing(world, leader, known_project):
    other = model_project(register_number="ANNAT", host=world.ame)
    report = make_report(world)
    type(report).objects.filter(pk=report.pk).update(project=other)
    report.refresh_from_db()
    adopt_report(report=report, based_on=1, by=world.project_leader)
    assert WHY not in text_of(leader.get(URL))


def test_after_the_first_adopted_report_they_stand_as_fixed_with_why(leader, adopted):
    response = leader.get(URL)
    assert text_of(response).count(WHY) == len(COUNTED_BY)
    html = response.content.decode()
    for name in COUNTED_BY:
        fields = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
        assert fields
        assert all("disabled" in field for field in fields)
    assert not re.search(r'name="follow_up_max_days"[^>]*disabled', html)


def test_all_else_can_still_be_changed(leader, adopted):
    sent = answers(leader, funder="Staten", follow_up_max_days="49")
    for kept in (sent, {name: value for name, value in sent.items() if name not in COUNTED_BY}):
        leader.post(URL, kept | {"token": answers(leader)["token"], "version": Project.objects.get().version})
    project = Project.objects.get()
    assert (project.funder, project.follow_up_max_days, project.version) == ("Staten", 49, 3)
    assert (project.assessment_days, project.beyond_control) == (14, ["deceased", "moved"])


@pytest.mark.parametrize("name", OTHER)
def test_an_attempt_to_change_one_is_refused(leader, adopted, name):
    response = leader.post(URL, answers(leader, **{name: OTHER[name]}))
    assert list(response.context["form"].errors) == [name]
    assert WHY in response.context["form"].errors[name][0]
    assert Project.objects.get().version == 1


@pytest.mark.parametrize(("name", "value"), [("assessment_days", 21), ("plan_days", 30), ("beyond_control", [])])
def test_the_action_refuses_it_too(world, adopted, name, value):
    with pytest.raises(ValidationError, match="ligger fast") as refused:
        change_project(project=world.project, version=1, data={name: value}, organisations=[], by=world.project_leader)
    assert list(refused.value.message_dict) == [name]


def test_figures_of_an_adopted_report_rest_on_nothing_that_can_be_changed(world, leader, adopted):
    before = _figures(leader, adopted)
    leader.post(URL, answers(leader, **OTHER))
    days = {"first_meeting_days": 1, "first_follow_up_days": 2, "follow_up_min_days": 3, "follow_up_max_days": 300}
    none = {"placement_days": None}
    period = {"starts_on": None, "ends_on": adopted.as_of.replace(year=2011)}
    change_project(
        project=world.project, version=1, data=days | none | period, organisations=[], by=world.project_leader
    )
    assert _figures(leader, adopted) == before


def _figures(leader, report):
    return text_of(leader.get(report.get_absolute_url()))
