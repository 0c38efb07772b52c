"""What the safe version hides is shown in a report only when the host's coordinator has released it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AccessEvent
from core.days.dates import today
from core.swedish.words import day
from projects.models import Ladder, TargetVersion
from reports.documents.actions import DayNotReleased, adopt_report, release_figures
from reports.models import Release, Report
from tests.reports.documents.test_reports import ANSWERS, make_report
from tests.reports.oracle import ALWAYS, Begun, Case
from tests.reports.pages.test_result_page import words
from tests.world.pages import fill, shown, submit
from tests.world.populations import write

WHY = "Styrelsen möts den 8 maj och vill se läget just då."
WEIGHED = "Ingen kan kännas igen av talen för en månad till."
DAY = date(2012, 5, 8)
TOKEN = "6b0e1f0e-53c4-4b5f-9d2e-1a2f6d6f0009"


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


@pytest.fixture
def host(world, log_in):
    return log_in(world.coordinator)


@pytest.fixture
def asking(world, known_project):
    for model in (Ladder, TargetVersion):
        model.objects.update(recorded_at=ALWAYS)
    return make_report(world, as_of=DAY, release_asked=WHY)


def release_page(report):
    return f"{report.get_absolute_url()}slapp/"


def test_another_day_takes_words_about_why(leader, known_project):
    answers = ANSWERS | {"as_of": "2012-05-08"}
    refused = leader.post("/rapporter/ny/", answers)
    assert list(refused.context["form"].errors) == ["as_of"]
    assert "så tar samordnaren hos Vuxenenheten ställning" in words(refused)
    assert ANSWERS["text_1"] in words(refused)
    assert not Report.objects.exists()
    text = words(leader.post("/rapporter/ny/", answers | {"release_asked": WHY}, follow=True))
    assert "Siffror per 8 maj 2012 visas när samordnaren hos Vuxenenheten har släppt dagen." in text


def test_until_then_no_figure_of_that_day_is_shown_and_the_report_is_not_adopted(world, leader, asking):
    text = words(leader.get(asking.get_absolute_url()))
    assert "31 av 40" not in text
    assert "Inskrivna" not in text
    assert "Den kan inte antas innan dess." in words(
        leader.post(f"{asking.get_absolute_url()}anta/", {"version": "1"}, follow=True)
    )
    with pytest.raises(DayNotReleased):
        adopt_report(report=asking, based_on=1, by=world.project_leader)
    assert not Report.objects.adopted().exists()


def test_the_host_s_coordinator_releases_the_day_and_it_stands_in_the_margin(world, leader, host, asking):
    assert "Slutrapport" in words(host.get("/rapporter/"))
    page = words(host.get(release_page(asking)))
    assert WHY in page
    assert "Siffror per 8 maj 2012" in page
    assert submit(host, release_page(asking), wanted=["visa-"], reason=WEIGHED).url == "/rapporter/"
    released = Release.objects.get()
    assert (released.as_of, released.target, released.reason) == (DAY, "", WEIGHED)
    assert released.released_by == world.coordinator
    text = words(leader.get(asking.get_absolute_url()))
    assert "31 av 40" in text
    assert f"Släppt Siffror per 8 maj 2012, av samordnaren hos Vuxenenheten {_today()}: {WEIGHED}" in text
    assert "Samira" not in text
    assert AccessEvent.objects.filter(part="report_release", kind="change").count() == 1


def _today():
    return day(today()).replace("\N{NO-BREAK SPACE}", " ")


def test_once_adopted_its_day_is_one_of_the_days_of_the_result_page(world, leader, asking):
    assert "Per 31 mars 2012" in words(leader.get("/resultat/", {"per": "2012-05-08"}))
    release_figures(report=asking, wanted=[""], reason=WEIGHED, by=world.coordinator)
    assert "Per 31 mars 2012" in words(leader.get("/resultat/", {"per": "2012-05-08"}))
    adopt_report(report=asking, based_on=1, by=world.project_leader)
    text = words(leader.get("/resultat/", {"per": "2012-05-30"}))
    assert "Per 8 maj 2012" in text
    assert "Det som ligger bakom andelarna visas bara per ett kvartals sista dag." in text


def test_with_another_day_it_has_to_be_released_anew(world, leader, asking):
    release_figures(report=asking, wanted=[""], reason=WEIGHED, by=world.coordinator)
    submit(leader, f"{asking.get_absolute_url()}andra/", as_of="2012-05-09", release_asked=WHY)
    assert "Siffror per 9 maj 2012 visas när" in words(leader.get(asking.get_absolute_url()))


def test_a_target_with_a_small_base_is_released_for_one_report(world, leader, host):
    world.project.enrolments.update(is_void=True)
    write(world.project, [Case([Begun(on=date(2011, 1, 1))])] * 8)
    first, second = make_report(world, release_asked="Steg 1"), make_report(world, release_asked="Steg 1")
    page = host.get(release_page(first))
    assert "0 av 8" not in words(page)
    submit(host, release_page(first), wanted=["visa-1"], reason=WEIGHED)
    text = words(leader.get(first.get_absolute_url()))
    assert "1 Deltar 75 % på 3 mån antalet obedömda visas inte 0,0 %" in text
    assert "0 av 8" in text
    assert "1 Deltar dolt dolt dolt" in text
    assert f"1 Deltar, av samordnaren hos Vuxenenheten {_today()}: {WEIGHED}" in text
    assert "0 av 8" not in words(leader.get(second.get_absolute_url()))
    assert "0 av 8" not in words(leader.get("/resultat/", {"per": "2012-06-30"}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"wanted": []}, "Välj vad som släpps."),
        ({"reason": " "}, "Skriv hur du har prövat sekretessen."),
        ({"wanted": ["visa-9"]}, ""),
        ({"seen": ""}, "Någon annan hann spara före dig"),
    ],
)
def test_bad_answers_release_nothing_and_are_kept(host, asking, changes, says):
    answers = {"wanted": ["visa-"], "reason": WEIGHED}
    response = submit(host, release_page(asking), **(answers | changes))
    assert response.status_code == 200
    assert says in words(response)
    assert changes.get("reason", WEIGHED) in words(response)
    assert not Release.objects.exists()


def test_a_report_changed_since_it_was_read_is_not_released(world, leader, host, asking):
    answers = fill(host, release_page(asking), wanted=["visa-"], reason=WEIGHED)
    submit(leader, f"{asking.get_absolute_url()}andra/", release_asked="Något helt annat.")
    told = host.post(release_page(asking), answers)
    assert not Release.objects.exists()
    assert "Någon annan hann spara före dig" in words(told)
    assert "Något helt annat." in words(told)
    assert WEIGHED in words(told)


def test_the_button_pressed_twice_releases_once(host, asking):
    answers = fill(host, release_page(asking), wanted=["visa-"], reason=WEIGHED)
    for _ in range(2):
        host.post(release_page(asking), answers)
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("af_coordinator", 404),
        ("project_leader", 403),
        ("steering", 403),
        ("case_worker", 403),
        ("administrator", 403),
    ],
)
def test_only_the_host_s_coordinator_may(world, log_in, asking, role, status):
    client = log_in(getattr(world, role))
    assert client.get(release_page(asking)).status_code == status
    answers = {"token": TOKEN, "wanted": ["visa-"], "reason": WEIGHED}
    answers = fill(client, release_page(asking), **answers) if status == 200 else answers
    assert client.post(release_page(asking), answers).status_code == (302 if status == 200 else status)
    assert Release.objects.exists() == (status == 200)


def test_a_draft_that_asks_for_nothing_is_not_shown_to_the_coordinator(world, host, known_project):
    report = make_report(world)
    assert host.get(release_page(report)).status_code == 404
    assert "Slutrapport" not in words(host.get("/rapporter/"))


def test_an_adopted_report_has_nothing_to_release(world, host, known_project):
    report = make_report(world, release_asked=WHY)
    adopt_report(report=report, based_on=1, by=world.project_leader)
    assert host.get(release_page(report)).status_code == 404


def test_a_report_that_cannot_be_adopted_yet_offers_no_such_button(world, leader, asking):
    button = f'href="{asking.get_absolute_url()}anta/"'
    assert button not in leader.get(asking.get_absolute_url()).content.decode()
    release_figures(report=asking, wanted=[""], reason=WEIGHED, by=world.coordinator)
    assert button in leader.get(asking.get_absolute_url()).content.decode()


def test_the_menu_tells_the_host_s_coordinator_that_a_report_waits(world, host, asking):
    def waits(client) -> int | None:
        return next(item.count for item in client.get("/").context["menu"] if item.url == "/rapporter/")

    assert waits(host) == 1
    assert "Ta ställning" in words(host.get("/rapporter/"))
    submit(host, release_page(asking), wanted=["visa-"], reason=WEIGHED)
    assert waits(host) is None
    assert "Ta ställning" not in words(host.get("/rapporter/"))


def _adopt(world, report):
    adopt_report(report=report, based_on=1, by=world.project_leader)


def _ask_no_more(world, report):
    Report.objects.filter(pk=report.pk).update(release_asked="", as_of=date(2012, 6, 30))


@pytest.mark.parametrize("meanwhile", [_adopt, _ask_no_more])
def test_a_reason_that_was_typed_stays_when_the_report_asks_no_longer(world, host, known_project, meanwhile):
    report = make_report(world, as_of=date(2012, 6, 30), release_asked=WHY)
    page = release_page(report)
    answers = fill(host, page, wanted=["visa-"], reason=WEIGHED)
    meanwhile(world, report)
    answer = host.post(page, answers)
    assert answer.status_code == 200
    assert "Någon annan hann spara före dig" in words(answer)
    assert answer.context["form"]["reason"].value() == WEIGHED
    again = host.post(page, {**shown(answer.context["form"]), "wanted": ["visa-"]})
    assert again.status_code == 200
    assert WEIGHED in words(again)
    assert not Release.objects.exists()


def test_what_the_report_asks_no_longer_is_released_by_nobody(world, known_project):
    with pytest.raises(ValidationError, match="ber inte längre"):
        release_figures(report=make_report(world), wanted=[""], reason=WEIGHED, by=world.coordinator)
