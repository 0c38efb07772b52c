"""Noting a kartläggning."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import Assessment
from tests.world.pages import faults, fill, submit


@pytest.fixture
def url(world) -> str:
    return reverse("assessment_create", args=[world.enrolment.public_id])


@pytest.fixture
def client(world, log_in):
    return log_in(world.case_worker)


def test_noted_with_day_and_summary(world, client, url) -> None:
    answer = submit(client, url, completed_on="2026-01-20", summary="Vill arbeta ute.")
    assert answer["Location"] == world.enrolment.get_absolute_url()
    fact = Assessment.objects.get(enrolment=world.enrolment)
    assert (fact.concerns_on, fact.summary.text) == (date(2026, 1, 20), "Vill arbeta ute.")


def test_a_later_one_is_added_and_the_deadline_looks_at_the_first(world, client, url) -> None:
    submit(client, url, completed_on="2026-03-20")
    assert "blev klar 20\xa0mars 2026" in client.get(url).content.decode()
    submit(client, url, completed_on="2026-01-20")
    world.enrolment.refresh_from_db()
    assert world.enrolment.assessed_on == date(2026, 1, 20)
    assert Assessment.objects.filter(enrolment=world.enrolment).current().count() == 2


@pytest.mark.parametrize(
    ("day", "text"), [("2026-01-11", "före inskrivningen"), ("2099-01-01", "framtiden"), ("", "Fyll i")]
)
def test_a_wrong_day_is_told_and_the_summary_kept(world, client, url, day, text) -> None:
    answer = submit(client, url, completed_on=day, summary="Vill arbeta ute.")
    assert text in faults(answer)["completed_on"][0]
    assert "Vill arbeta ute." in answer.content.decode()
    assert not Assessment.objects.exists()


def test_pressed_twice_is_one(world, client, url) -> None:
    data = fill(client, url, completed_on="2026-01-20")
    assert client.post(url, data).status_code == client.post(url, data).status_code == 302
    assert Assessment.objects.count() == 1
