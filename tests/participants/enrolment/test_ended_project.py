"""Adding somebody to a project that has ended is asked about, on every page that adds."""

from datetime import timedelta

import pytest

from core.days.dates import today
from core.swedish.words import day
from participants.models import CountedOnly, Enrolment
from projects.enums import Role
from tests.actionplans.register.test_import_pages import approve, previewed, text_of
from tests.world.pages import faults, fill, submit
from tests.world.worlds import member

WHO = {"given_name": "Inga", "family_name": "Ny", "source": "social_services"}
PROTECTED = {"protection": "confidentiality_mark", "source": "social_services"}
FORMS = {
    "/deltagare/ny/": WHO,
    "/deltagare/ny/skyddad/": PROTECTED,
    "/deltagare/raknas/": {"sex": "female"},
}


@pytest.fixture
def ended(world):
    world.project.ends_on = today() - timedelta(days=3)
    world.project.save(update_fields=["ends_on"])
    return world


def added() -> int:
    return Enrolment.objects.count() + CountedOnly.objects.count()


@pytest.mark.parametrize("url", FORMS)
def test_the_page_asks_and_saves_by_a_yes(ended, log_in, url) -> None:
    client, before = log_in(ended.case_worker), added()
    page = client.get(url)
    assert f"Vägar till arbete slutade {day(ended.project.ends_on)}." in text_of(page)
    assert list(faults(submit(client, url, **FORMS[url]))) == ["in_ended"]
    assert added() == before
    assert submit(client, url, **FORMS[url], in_ended="yes").status_code == 302
    assert added() == before + 1


@pytest.mark.parametrize("url", FORMS)
def test_a_no_saves_nothing_and_says_where_to_go(ended, log_in, url) -> None:
    client, before = log_in(ended.case_worker), added()
    answer = submit(client, url, **FORMS[url], in_ended="no")
    assert "Välj det andra projektet" in faults(answer)["in_ended"][0]
    assert added() == before


@pytest.mark.parametrize("url", FORMS)
def test_a_project_on_its_last_day_is_not_asked_about(world, log_in, url) -> None:
    world.project.ends_on = today()
    world.project.save(update_fields=["ends_on"])
    client, before = log_in(world.case_worker), added()
    assert submit(client, url, **FORMS[url]).status_code == 302
    assert added() == before + 1


def test_somebody_who_enrols_themselves_is_asked_both(ended, log_in) -> None:
    given, family = ended.case_worker.name.split()
    own = {"given_name": given, "family_name": family, "source": "social_services"}
    assert set(faults(submit(log_in(ended.case_worker), "/deltagare/ny/", **own))) == {"in_ended", "is_self"}


def test_an_import_asks_before_its_button(ended, log_in) -> None:
    client = log_in(ended.coordinator)
    url = previewed(client, {})
    html = text_of(client.get(url))
    assert f"slutade {day(ended.project.ends_on)}. Är det ändå dit deltagarna i filen hör?" in html
    assert "Ja, läs in de nya raderna i Vägar till arbete" in html
    approve(client, url)
    assert Enrolment.objects.filter(is_imported=True).count() == 1


def test_a_hand_over_asks_before_its_button(ended, log_in) -> None:
    client, url = log_in(ended.coordinator), "/deltagare/overlamna/"
    other = member(ended.project, ended.ame, Role.CASE_WORKER, "Örjan Annan")
    people = {"giver": str(ended.case_worker.public_id), "receiver": str(other.public_id)}
    html = text_of(client.post(url, fill(client, url, **people)))
    assert "Är det ändå ärendena där som ska lämnas över?" in html
    assert "Ja, lämna över" in html
