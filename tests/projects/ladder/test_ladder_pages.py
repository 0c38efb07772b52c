"""The ladder: changed on a page, in versions."""

from datetime import date

import pytest
from django.urls import reverse

from actionplans.models import StepClock
from core.days.dates import today
from core.forms.saving import ALREADY
from projects.actions import change_ladder, ladder_on
from projects.ladder.ladders import load_template
from projects.models import Ladder
from tests.world.forms import filled_in, text_of
from tests.world.pages import mark

URL = "ladder_edit"


@pytest.fixture
def client(world, log_in):
    return log_in(world.project_leader)


def post(client, answers, **more):
    return client.post(reverse(URL), answers | more, follow=True)


def test_what_is_sent_back_untouched_gives_the_same_ladder(world, client):
    before = _content(Ladder.objects.get())
    assert "Stegen är sparad." in text_of(post(client, filled_in(client, URL)))
    assert _content(ladder_on(world.project, today())) == before
    assert _content(ladder_on(world.project, today())) == _content_of_template()


def test_a_correction_takes_the_place_of_the_version_it_corrects(world, client):
    post(client, filled_in(client, URL), step2_name="Tar eget ansvar")
    old, new = Ladder.objects.order_by("pk")
    assert old.valid_from == new.valid_from
    assert old.superseded_at == new.recorded_at
    assert old.steps.get(number=2).name == "Tar ansvar"
    assert new.steps.get(number=2).name == "Tar eget ansvar"
    assert new.recorded_by == world.project_leader


def test_a_change_leaves_the_earlier_version_in_force_until_its_day(world, client):
    post(client, filled_in(client, URL), step2_name="Driver själv", when="from_day", from_on="2026-09-01")
    names = {
        day: ladder_on(world.project, day).steps.get(number=2).name for day in (date(2026, 8, 31), date(2026, 9, 1))
    }
    assert list(names.values()) == ["Tar ansvar", "Driver själv"]


def test_every_version_is_listed_and_can_be_opened(world, client):
    post(client, filled_in(client, URL), step2_name="Driver själv", when="from_day", from_on="2030-09-01")
    post(client, filled_in(client, URL), step1_name="Är med")
    page = text_of(client.get(reverse("project_detail")))
    assert "Tidigare och senare stegar (3)" in page
    assert "Gäller från och med 1 september 2030 Börjar senare Steg 1: Deltar Steg 2: Driver själv" in page
    assert "Gäller från början Gäller nu Steg 1: Är med" in page
    assert "Gäller från början Rättad Steg 1: Deltar" in page
    later = filled_in(client, URL, fran="2030-09-01")
    assert later["step2_name"] == "Driver själv"
    post(client, later, step2_name="Driver på")
    assert ladder_on(world.project, date(2030, 9, 1)).steps.get(number=2).name == "Driver på"
    assert ladder_on(world.project, date(2026, 9, 1)).steps.get(number=2).name == "Tar ansvar"


@pytest.mark.parametrize("day", ["2029-01-01", "nonsense", "2026-99-99"])
def test_a_version_that_is_not_there_is_not_found(client, day):
    assert client.get(reverse(URL), {"fran": day}).status_code == 404


def test_steps_and_criteria_are_added_and_removed_without_losing_what_is_typed(world, client):
    answers = filled_in(client, URL) | {"step1_name": "Ett nytt namn", "step4_at_least": "många"}
    response = post(client, answers, do="add_step")
    assert "Fel:" not in response.content.decode()
    answers = filled_in(client, URL, response)
    assert (answers["step1_name"], answers["step4_at_least"]) == ("Ett nytt namn", "många")
    answers |= {"step4_at_least": "1", "step6_name": "Stadig försörjning", "step6_at_least": "2"}
    answers |= {"step6_c1_text": "Fast anställning ett år"}
    answers = filled_in(client, URL, post(client, answers, do="add_criterion:6"))
    answers |= {"step6_c2_text": "Inget stöd på ett år", "step6_c2_supervisor_required": "on"}
    assert "Stegen är sparad." in text_of(post(client, answers))
    step = ladder_on(world.project, today()).steps.get(number=6)
    assert [(criterion.text, criterion.supervisor_required) for criterion in step.criteria.all()] == [
        ("Fast anställning ett år", False),
        ("Inget stöd på ett år", True),
    ]
    response = post(client, filled_in(client, URL), do="remove_step")
    post(client, filled_in(client, URL, response))
    assert ladder_on(world.project, today()).steps.count() == 5


def test_the_new_step_takes_the_focus(client):
    page = post(client, filled_in(client, URL), do="add_step").content.decode()
    assert page.count("autofocus") == 1
    assert 'name="step6_name"' in page[page.index("autofocus") - 200 : page.index("autofocus") + 100]


def test_a_criterion_whose_text_is_emptied_is_gone(world, client):
    post(client, filled_in(client, URL), step1_c2_text="")
    texts = [criterion.text for criterion in ladder_on(world.project, today()).steps.get(number=1).criteria.all()]
    assert "Håller tider" not in texts
    assert len(texts) == 5


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"step2_name": " "}, "Namn på steg 2: Skriv vad steget heter."),
        (
            {"step2_at_least": ""},
            "Minst så många kriterier i steg 2: Skriv hur många kriterier som minst ska vara uppfyllda.",
        ),
        ({"step2_at_least": "6"}, "Steget har 5 kriterier, så fler än så går inte."),
        ({"step2_at_least": "0"}, "Minst så många kriterier i steg 2: Skriv ett heltal mellan 1 och 20."),
        ({"step2_at_least": "två"}, "Minst så många kriterier i steg 2: Skriv ett heltal mellan 1 och 20."),
        (dict.fromkeys(("step4_c1_text", "step4_c2_text"), ""), "Steg 4, kriterium 1: Skriv minst ett kriterium."),
        ({"step2_c3_text": ""}, "Steg 2, kriterium 3: Skriv kriteriet, eller kryssa ur rutorna för att ta bort det."),
        ({"when": "from_day"}, "Skriv dagen som ändringen gäller från."),
        ({"when": "from_day", "from_on": "1900-01-01"}, "Kontrollera årtalet."),
        ({"from_on": "2026-09-01"}, "Du har skrivit en dag men valt Rätta."),
        (
            {"when": "from_day", "from_on": "2030-01-01"},
            "Det finns redan något som gäller från och med 1 januari 2030.",
        ),
    ],
)
def test_a_fault_is_named_and_everything_typed_is_kept(world, client, wrong, fault):
    change_ladder(
        project=world.project, valid_from=date(2030, 1, 1), steps=load_template()["steps"], by=world.project_leader
    )
    response = post(client, filled_in(client, URL) | {"step3_meaning": 'Prövar "på riktigt"'} | wrong)
    page = response.content.decode()
    assert "<title>Fel: " in page
    assert fault in text_of(response)
    assert "Prövar &quot;på riktigt&quot;" in page


def test_a_day_before_what_is_changed_is_refused(world, client):
    change_ladder(
        project=world.project, valid_from=date(2010, 1, 1), steps=load_template()["steps"], by=world.project_leader
    )
    response = post(client, filled_in(client, URL), when="from_day", from_on="2009-12-31")
    assert "Det du ändrar gäller från och med 1 januari 2010. Välj en senare dag." in text_of(response)
    assert Ladder.objects.count() == 2


def test_an_impossible_number_of_fields_is_refused(client):
    answers = filled_in(client, URL)
    for shape in ("0", "1," * 30 + "1", "99", "x", "-1"):
        assert post(client, answers, shape=shape).status_code == 400


def test_a_step_with_a_target_can_not_be_removed(world, client):
    answers = filled_in(client, URL, post(client, filled_in(client, URL), do="remove_step"))
    page = text_of(post(client, answers))
    assert "Steg 5 har ett resultatmål från början, men finns inte i stegen från början." in page
    assert ladder_on(world.project, today()).steps.count() == 5


def test_a_second_press_of_the_button_makes_no_second_version(client):
    answers = filled_in(client, URL) | {"step1_name": "Är med"}
    for said in ("Stegen är sparad.", ALREADY):
        assert said in text_of(post(client, answers))
    assert Ladder.objects.count() == 2


def test_what_was_typed_stands_on_the_page_of_the_version_that_it_was_begun_from(world, client):
    post(client, filled_in(client, URL), step2_name="Driver själv", when="from_day", from_on="2030-09-01")
    address, later = reverse(URL), f"{reverse(URL)}?fran=2030-09-01"
    client.post("/utkast/spara/", {**filled_in(client, URL), "step1_name": "Ord", "page": mark(client.get(address))})
    assert client.get(address).context["form"]["step1_name"].value() == "Ord"
    assert client.get(later).context["form"]["step1_name"].value() == "Deltar"


def test_the_second_of_two_savers_sees_both_texts_and_overwrites_nothing(world, client):
    early, late = filled_in(client, URL), filled_in(client, URL)
    post(client, early, step1_name="Deras namn")
    response = post(client, late, step1_name="Mitt namn", step3_c1_is_required="on")
    page = text_of(response)
    assert "Du har själv sparat det här sedan du öppnade sidan Du sparade" in page
    assert "Namn på steg 1 Deras namn Mitt namn" in page
    assert "Steg 3, kriterium 1, måste vara uppfyllt Nej Ja" in page
    assert "Namn på steg 2 Tar" not in page
    assert ladder_on(world.project, today()).steps.get(number=1).name == "Deras namn"

    again = filled_in(client, URL, response)
    assert again["step1_name"] == "Mitt namn"
    assert "Stegen är sparad." in text_of(post(client, again))
    assert ladder_on(world.project, today()).steps.get(number=1).name == "Mitt namn"
    assert Ladder.objects.filter(steps__name="Deras namn").exists()


def test_a_change_from_a_day_is_a_conflict_too_when_somebody_has_corrected_meanwhile(world, client):
    late = filled_in(client, URL)
    post(client, filled_in(client, URL), step1_name="Deras namn")
    response = post(client, late, when="from_day", from_on="2030-01-01", step1_name="Mitt namn")
    assert "Du har själv sparat det här sedan du öppnade sidan" in text_of(response)
    again = filled_in(client, URL, response)
    assert (again["when"], again["from_on"]) == ("from_day", "2030-01-01")
    assert Ladder.objects.count() == 2


def test_the_step_clock_follows_a_longer_ladder(world, client):
    answers = filled_in(client, URL, post(client, filled_in(client, URL), do="add_step"))
    post(client, answers, step6_name="Stadigt", step6_at_least="1", step6_c1_text="Ett år")
    assert sorted(StepClock.objects.filter(enrolment=world.enrolment).values_list("step_number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def _content(ladder):
    fields = ("text", "is_required", "exempts_full_time_sick", "supervisor_required")
    return [
        (
            (step.number, step.name, step.meaning, step.rule, step.at_least, step.self_support),
            [tuple(getattr(criterion, field) for field in fields) for criterion in step.criteria.all()],
        )
        for step in ladder.steps.all()
    ]


def _content_of_template():
    return [
        (
            tuple(step[key] for key in ("number", "name", "meaning", "rule", "at_least", "self_support")),
            [
                (
                    criterion["text"],
                    criterion.get("is_required", False),
                    criterion.get("exempts_full_time_sick", False),
                    criterion.get("supervisor_required", False),
                )
                for criterion in step["criteria"]
            ],
        )
        for step in load_template()["steps"]
    ]
