"""A kartläggning, from the first area until it is complete."""

import re
from datetime import date

import pytest
from django.urls import reverse

from participants.areas.actions import NOTHING_NEW, NOTHING_WRITTEN
from participants.areas.corrections import take_back_work
from participants.models import AreaAnswer, Assessment, AssessmentWork, Enrolment, OwnWords
from projects.enums import AssessmentArea
from tests.world.areas import begun
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import faults, fill, submit

HEALTH = AssessmentArea.HEALTH


@pytest.fixture
def url(world) -> str:
    return reverse("assessment_create", args=[world.enrolment.public_id])


@pytest.fixture
def work(world) -> AssessmentWork:
    """Every area is answered."""
    return begun(world.enrolment, world.case_worker)


def complete(work: AssessmentWork) -> str:
    return reverse("assessment_complete", args=[work.public_id])


_OPEN = re.compile(r'<details class="foot-fold" id="(\w+)"[^>]* open>')


def opened(client, url: str) -> list[str]:
    """The areas that stand open on the page."""
    return _OPEN.findall(client.get(url).content.decode())


def missing_on_case(client, world) -> list:
    return client.get(world.enrolment.get_absolute_url()).context["now"].missing


def told(client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


def test_an_area_is_saved_by_itself_and_the_page_says_what_is_missing(world, client, url) -> None:
    assert submit(client, url, adaptation="Hör dåligt.")["Location"] == f"{url}?omrade=2"
    html = told(client, f"{url}?omrade=2")
    left = "2. Intressen, styrkor och erfarenheter, 3. Deltagarens egen syn, 4. Det som motiverar, 5. Hälsa och vanor"
    assert f"Sparat. 1 av 5 områden har svar. Kvar: {left}." in html
    assert html.count("autofocus") == 1
    answer = AreaAnswer.objects.get()
    assert (answer.area, str(answer.answer), answer.declines) == ("adaptation", "Hör dåligt.", False)
    assert answer.work.enrolment == world.enrolment
    assert not Assessment.objects.exists()


def test_a_colleague_goes_on_where_it_was_left(world, client, url, log_in) -> None:
    submit(client, url, adaptation="Hör dåligt.", background="Har varit kock.")
    world.coordinator.memberships.update(role="case_worker")
    CaseAssignmentFactory(enrolment=world.enrolment, user=world.coordinator, role="substitute")
    theirs = log_in(world.coordinator)
    assert "Har varit kock." in told(theirs, url)
    assert opened(theirs, url) == ["own_view"]
    lacks = next(line for line in missing_on_case(theirs, world) if line.url.startswith(url))
    assert lacks.text.endswith("påbörjad, 2 av 5 områden har svar")
    assert (lacks.action, lacks.url) == ("Fortsätt med område 3", f"{url}?omrade=3")
    assert opened(theirs, lacks.url) == ["own_view"]
    rest = {"own_view": "Vill arbeta.", "motivation": "Att få beröm.", "declines_health": "on"}
    submit(theirs, url, **rest)
    assert "Alla fem områden har svar." in told(theirs, url)
    assert AssessmentWork.objects.count() == 1
    assert {row.recorded_by for row in AreaAnswer.objects.current()} == {world.case_worker, world.coordinator}


@pytest.mark.parametrize(
    ("answers", "then"),
    [
        ({"adaptation": "Hör dåligt."}, "?omrade=2"),
        ({"own_view": "Vill arbeta."}, "?omrade=4"),
        ({"health": "Sover."}, "?omrade=1"),
        ({"own_words": "Jag vill arbeta."}, "?omrade=4"),
        ({area.value: "Svar" for area in AssessmentArea}, ""),
    ],
)
def test_it_goes_on_with_the_next_area_that_has_no_answer(client, url, answers, then) -> None:
    assert submit(client, url, **answers)["Location"] == f"{url}{then}"
    assert opened(client, f"{url}{then}") == [area.value for area in AssessmentArea if then.endswith(f"{area.number}")]


@pytest.mark.parametrize(
    ("asked", "open_one"), [("3", "own_view"), ("0", "adaptation"), ("6", "adaptation"), ("x", "adaptation")]
)
def test_one_area_is_open_the_one_asked_for_or_the_first_without_an_answer(client, url, asked, open_one) -> None:
    assert opened(client, f"{url}?omrade={asked}") == [open_one]


def test_the_folded_ones_say_what_they_hold(client, url, work) -> None:
    submit(client, url, adaptation="Hör dåligt på vänster öra. " * 20, health="", declines_health="on")
    assert opened(client, url) == []
    held = text_of(client.get(url))
    assert "1. Behov av anpassning Hör dåligt på vänster öra. Hör" in held
    assert "5. Hälsa och vanor Vill inte svara" in held
    assert client.get(url).content.decode().count(' name="areas"') == len(AssessmentArea)


def test_what_is_wrong_stands_open_whichever_area_it_is_in(client, url) -> None:
    wrong = {"health": "Sover.", "declines_health": "on", "adaptation": "Hör dåligt."}
    html = submit(client, url, **wrong).content.decode()
    assert _OPEN.findall(html) == ["adaptation", "health"]
    assert ' name="areas"' not in html


def test_a_later_one_under_way_is_lacking_too_and_a_complete_one_is_not(world, client, url, work) -> None:
    submit(client, complete(work), completed_on="2026-01-20")
    assert not [line for line in missing_on_case(client, world) if line.url.startswith(url)]
    later = begun(world.enrolment, world.case_worker, but={HEALTH})
    (line,) = (line for line in missing_on_case(client, world) if line.url.startswith(url))
    assert (line.text, line.url) == ("En ny kartläggning är påbörjad, 4 av 5 områden har svar", f"{url}?omrade=5")
    submit(client, url, declines_health="on")
    (line,) = (line for line in missing_on_case(client, world) if line.url.startswith(url))
    assert (line.action, line.url) == ("Gör klar kartläggningen", url)
    take_back_work(work=later, reason="Blev inte av.", by=world.case_worker)
    assert not [line for line in missing_on_case(client, world) if line.url.startswith(url)]


def test_health_is_a_kind_of_its_own(work) -> None:
    kinds = dict(AreaAnswer.objects.values_list("area", "category"))
    assert kinds == {area.value: "health" if area == HEALTH else "assessment" for area in AssessmentArea}


def test_what_is_saved_again_takes_the_place_of_what_stood(client, url) -> None:
    submit(client, url, adaptation="Hör dåligt.")
    submit(client, url, adaptation="Hör bra.", declines_health="on")
    submit(client, url, adaptation="")
    assert "1 av 5 områden har svar. Kvar: 1. Behov av anpassning, 2." in told(client, url)
    old, new = AreaAnswer.objects.filter(area="adaptation").order_by("pk")
    assert (new.corrects, new.first, new.superseded_at is None) == (old, old, False)


@pytest.mark.parametrize(
    ("answers", "field"),
    [({}, "__all__"), ({"health": "Sover.", "declines_health": "on"}, "health"), ({"health": "x" * 8001}, "health")],
)
def test_what_is_wrong_is_said_and_nothing_saved(client, url, answers, field) -> None:
    assert list(faults(submit(client, url, **answers))) == [field]
    assert not AssessmentWork.objects.exists()


def test_nothing_new_is_said_to_be_so(client, url, work) -> None:
    submit(client, url)
    assert NOTHING_NEW in told(client, url)
    assert NOTHING_WRITTEN not in told(client, url)
    assert AreaAnswer.objects.count() == len(AssessmentArea)


def test_complete_it_counts_with_day_summary_and_areas(world, client, work) -> None:
    assert "Svar motivation" in told(client, complete(work))
    answer = submit(client, complete(work), completed_on="2026-01-20", summary="Vill arbeta ute.")
    assert answer["Location"] == world.enrolment.get_absolute_url()
    fact = Assessment.objects.get(enrolment=world.enrolment)
    assert (fact.concerns_on, fact.summary.text, fact.work) == (date(2026, 1, 20), "Vill arbeta ute.", work)
    assert Enrolment.objects.get(pk=world.enrolment.pk).assessed_on == date(2026, 1, 20)
    html = told(client, fact.get_absolute_url())
    for area in AssessmentArea:
        assert area.numbered in html
        assert f"Svar {area.value}" in html
    # The page of what is under way leads there, and the next one begins anew.
    assert client.get(complete(work))["Location"] == fact.get_absolute_url()
    assert "Ny kartläggning" in told(client, reverse("assessment_create", args=[world.enrolment.public_id]))


def test_while_an_area_is_missing_it_is_not_complete(world, client, url) -> None:
    work = begun(world.enrolment, world.case_worker, but={AssessmentArea.OWN_VIEW, HEALTH})
    assert client.get(complete(work))["Location"] == url
    assert "Kvar innan kartläggningen är klar: område 3 och 5." in told(client, url)
    data = fill(client, url)
    answer = client.post(complete(work), {"token": data["token"], "completed_on": "2026-01-20"})
    assert answer.status_code == 200
    assert not Assessment.objects.exists()
    assert Enrolment.objects.get(pk=world.enrolment.pk).assessed_on is None


def test_a_later_one_is_added_and_the_deadline_looks_at_the_first(world, client, url, work) -> None:
    submit(client, complete(work), completed_on="2026-03-20")
    assert "blev klar 20 mars 2026" in told(client, url)
    submit(client, complete(begun(world.enrolment, world.case_worker)), completed_on="2026-01-20")
    world.enrolment.refresh_from_db()
    assert world.enrolment.assessed_on == date(2026, 1, 20)
    assert Assessment.objects.filter(enrolment=world.enrolment).current().count() == 2


@pytest.mark.parametrize(
    ("day", "text"), [("2026-01-11", "före inskrivningen"), ("2099-01-01", "framtiden"), ("", "Fyll i")]
)
def test_a_wrong_day_is_told_and_the_summary_kept(client, work, day, text) -> None:
    answer = submit(client, complete(work), completed_on=day, summary="Vill arbeta ute.")
    assert text in faults(answer)["completed_on"][0]
    assert "Vill arbeta ute." in answer.content.decode()
    assert not Assessment.objects.exists()


def test_pressed_twice_is_one(client, work) -> None:
    data = fill(client, complete(work), completed_on="2026-01-20")
    assert client.post(complete(work), data).status_code == client.post(complete(work), data).status_code == 302
    assert Assessment.objects.count() == 1


def test_own_words_are_added_and_stand_as_theirs(client, url, work) -> None:
    submit(client, url, own_words="Jag vill inte sitta hemma.")
    submit(client, url, own_words="Jag vill bli frisör.")
    html = told(client, url)
    assert html.index("Jag vill inte sitta hemma.") < html.index("Jag vill bli frisör.")
    assert "Deltagarens egna ord, skrivna" in html
    assert [row.superseded_at for row in OwnWords.objects.all()] == [None, None]
    submit(client, complete(work), completed_on="2026-01-20")
    assert "Jag vill bli frisör." in told(client, Assessment.objects.get().get_absolute_url())


def test_two_who_write_in_different_areas_do_not_meet(world, client, url, work) -> None:
    early = fill(client, url, adaptation="Hör dåligt.")
    submit(client, url, background="Har varit kock.")
    assert client.post(url, early).status_code == 302
    stands = dict(AreaAnswer.objects.current().values_list("area", "answer__text"))
    assert (stands["adaptation"], stands["background"]) == ("Hör dåligt.", "Har varit kock.")


def test_after_a_clash_in_one_area_another_is_not_written_over(world, client, url, work) -> None:
    """The page comes back with both texts of the one, and what was saved in the other."""
    late = fill(client, url, adaptation="Hör dåligt.")
    submit(client, url, adaptation="Hör bra.", background="Har varit kock.")
    answer = client.post(url, late)
    assert "Du har själv sparat det här sedan du öppnade sidan" in answer.content.decode()
    form = answer.context["form"]
    again = {**late, "token": str(form["token"].value()), "seen": form["seen"].value()}
    again["background"] = form["background"].value()
    assert client.post(url, again).status_code == 302
    stands = dict(AreaAnswer.objects.current().values_list("area", "answer__text"))
    assert (stands["adaptation"], stands["background"]) == ("Hör dåligt.", "Har varit kock.")


def test_it_waits_for_one_on_the_case_page_until_it_is_complete(world, client, url) -> None:
    case = started(world.enrolment, 30)
    work = begun(case, world.case_worker)
    html = told(client, case.get_absolute_url())
    assert "påbörjad, 5 av 5 områden har svar" in html
    assert "Gör klar kartläggningen" in html
    assert "Kartläggningen är påbörjad" in html
    submit(client, complete(work), completed_on=days_ago(1).isoformat())
    html = told(client, case.get_absolute_url())
    assert "Gör klar kartläggningen" not in html
    assert "Kartläggningen är påbörjad" not in html
