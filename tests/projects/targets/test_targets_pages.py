"""The result targets: changed on a page, in versions."""

from datetime import date

import pytest
from django.urls import reverse

from actionplans.models import StepClock
from actionplans.steps.clock import refresh_project
from projects.actions import change_ladder
from projects.ladder.ladders import load_template
from projects.models import ResultTarget, TargetVersion
from tests.world.forms import filled_in, text_of

URL = "targets_edit"


@pytest.fixture
def client(world, log_in):
    return log_in(world.project_leader)


def post(client, answers, **more):
    return client.post(reverse(URL), answers | more, follow=True)


def targets(day=date(2026, 6, 1)):
    version = TargetVersion.objects.in_force(day)[0]
    fields = ("step_number", "months", "percent", "counts_higher", "exclusive")
    return [tuple(getattr(target, field) for field in fields) for target in version.targets.all()]


def test_what_is_sent_back_untouched_gives_the_same_targets(world, client):
    before = targets()
    assert "Resultatmålen är sparade." in text_of(post(client, filled_in(client, URL)))
    assert targets() == before
    assert [tuple(target.values()) for target in load_template()["targets"]] == [
        (step, months, percent, higher, exclusive) for step, months, percent, higher, exclusive in before
    ]
    assert TargetVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("choice", "flags"), [("higher", (True, False)), ("own", (False, False)), ("highest", (False, True))]
)
def test_what_counts_is_one_choice(world, client, choice, flags):
    page = text_of(post(client, filled_in(client, URL), step1_counting=choice))
    assert "Resultatmålen är sparade." in page
    assert targets()[0][3:] == flags
    assert filled_in(client, URL)["step1_counting"] == choice


def test_a_correction_moves_the_day_of_those_enrolled_already(world, client):
    refresh_project(world.project)
    assert _due(world.enrolment) == date(2026, 4, 12)
    post(client, filled_in(client, URL), step1_months="4")
    assert _due(world.enrolment) == date(2026, 5, 12)


def test_a_change_holds_for_those_enrolled_from_its_day(world, client):
    post(client, filled_in(client, URL), step1_months="4", when="from_day", from_on="2026-03-01")
    assert _due(world.enrolment) == date(2026, 4, 12)
    assert _due(world.unassigned) == date(2026, 7, 2)


def test_an_emptied_row_is_a_step_without_a_target(world, client):
    page = text_of(post(client, filled_in(client, URL), step5_percent="", step5_months=""))
    assert "Resultatmålen är sparade." in page
    assert [target[0] for target in targets()] == [1, 2, 3, 4]
    assert not StepClock.objects.filter(enrolment=world.enrolment, step_number=5, target__isnull=False).exists()


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"step1_percent": "101"}, "Steg 1, andel i procent: Skriv ett heltal mellan 1 och 100."),
        ({"step1_percent": "7,5"}, "Steg 1, andel i procent: Skriv ett heltal mellan 1 och 100."),
        ({"step1_months": "0"}, "Steg 1, månader: Skriv ett heltal mellan 1 och 60."),
        ({"step1_months": ""}, "Steg 1, månader: Skriv hur många månader målet gäller, eller töm hela raden."),
        ({"step1_percent": ""}, "Steg 1, andel i procent: Skriv hur många procent målet är, eller töm hela raden."),
        ({"when": "from_day", "from_on": "i höst"}, "Skriv dagen som 2026-03-31."),
        ({"when": "from_day"}, "Skriv dagen som ändringen gäller från."),
    ],
)
def test_a_fault_is_named_and_everything_typed_is_kept(client, wrong, fault):
    answers = filled_in(client, URL) | {"step4_percent": "17"} | wrong
    response = post(client, answers)
    assert "<title>Fel: " in response.content.decode()
    assert fault in text_of(response)
    kept = filled_in(client, URL, response)
    assert {name: kept[name] for name in answers if name != "csrfmiddlewaretoken"} == {
        name: answers[name] for name in answers if name != "csrfmiddlewaretoken"
    }
    assert TargetVersion.objects.count() == 1


def test_the_second_of_two_savers_sees_both_figures_and_overwrites_nothing(client):
    late = filled_in(client, URL)
    post(client, filled_in(client, URL), step1_percent="70", step2_percent="", step2_months="")
    response = post(client, late, step1_percent="80", step3_counting="own")
    page = text_of(response)
    assert "Du har själv sparat det här sedan du öppnade sidan Du sparade" in page
    assert "Steg 1, andel i procent 70 80" in page
    assert "Steg 2, månader – 6" in page
    assert "Steg 3, räknas som klarat Högre steg räknas också Bara det här steget" in page
    assert targets()[0][2] == 70
    assert "Resultatmålen är sparade." in text_of(post(client, filled_in(client, URL, response)))
    assert targets()[0][2] == 80
    assert ResultTarget.objects.filter(percent=70).exists()


def test_there_is_a_row_for_each_step_that_some_ladder_has(world, client):
    steps = [*load_template()["steps"], {**load_template()["steps"][0], "number": 6, "name": "Stadigt"}]
    change_ladder(project=world.project, valid_from=date(2030, 1, 1), steps=steps, by=world.project_leader)
    answers = filled_in(client, URL)
    assert answers["step6_percent"] == ""
    page = text_of(post(client, answers, step6_percent="5", step6_months="24"))
    assert "Steg 6 har ett resultatmål från början, men finns inte i stegen från början." in page
    page = text_of(post(client, answers, step6_percent="5", step6_months="24", when="from_day", from_on="2030-01-01"))
    assert "Resultatmålen är sparade." in page


def _due(enrolment):
    return StepClock.objects.get(enrolment=enrolment, step_number=1).due_on
