"""Ending an enrolment, correcting how it ended, and taking it back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from participants.models import Enrolment, Exit
from tests.world.factories import EnrolmentFactory
from tests.world.pages import faults, fill, shown, submit


@pytest.fixture
def url(world) -> str:
    return reverse("enrolment_exit", args=[world.enrolment.public_id])


@pytest.fixture
def client(world, log_in):
    return log_in(world.case_worker)


ANSWERS = {"exited_on": "2026-06-30", "reason": "work", "comment": "Fick jobb på lagret."}


def test_ended_with_day_reason_and_comment(world, client, url) -> None:
    answer = submit(client, url, **ANSWERS)
    assert answer["Location"] == world.enrolment.get_absolute_url()
    world.enrolment.refresh_from_db()
    assert (world.enrolment.exited_on, world.enrolment.exit_reason) == (date(2026, 6, 30), "work")
    fact = Exit.objects.get(enrolment=world.enrolment)
    assert (fact.concerns_on, fact.reason, fact.comment.text) == (date(2026, 6, 30), "work", ANSWERS["comment"])
    assert AccessEvent.objects.filter(user=world.case_worker, kind="change", part="enrolment_exit").count() == 1


def test_an_existing_exit_is_shown_and_corrected(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    page = client.get(url)
    assert shown(page.context["form"]) | {"token": "", "seen": ""} == ANSWERS | {"token": "", "seen": ""}
    assert "Ta tillbaka avslutet" in page.content.decode()
    submit(client, url, exited_on="2026-07-01", reason="studies")
    current = Exit.objects.filter(enrolment=world.enrolment).current().get()
    assert (current.concerns_on, current.reason) == (date(2026, 7, 1), "studies")
    assert Exit.objects.filter(enrolment=world.enrolment).count() == 2


def _reopening(client, url) -> tuple[str, dict[str, Any]]:
    """Where the button that takes the exit back sends what."""
    return url + "ta-tillbaka/", shown(client.get(url).context["reopen"])


def test_taken_back(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    back, sent = _reopening(client, url)
    for _ in range(2):
        assert client.post(back, sent)["Location"] == world.enrolment.get_absolute_url()
    world.enrolment.refresh_from_db()
    assert (world.enrolment.exited_on, world.enrolment.exit_reason) == (None, "")
    assert Exit.objects.filter(enrolment=world.enrolment).count() == 1
    assert not Exit.objects.filter(enrolment=world.enrolment).current().exists()
    assert client.get(back).status_code == 405


def test_not_taken_back_over_a_later_enrolment(world, client, url) -> None:
    submit(client, url, **ANSWERS)
    EnrolmentFactory(project=world.project, participant=world.enrolment.participant, enrolled_on=date(2026, 8, 1))
    answer = client.post(*_reopening(client, url), follow=True)
    assert "annan inskrivning i projektet" in answer.content.decode()
    world.enrolment.refresh_from_db()
    assert world.enrolment.exited_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("answers", "field", "text"),
    [
        ({"exited_on": "2026-01-11"}, "exited_on", "före inskrivningen"),
        ({"exited_on": "2099-01-11"}, "exited_on", "framtiden"),
        ({"exited_on": ""}, "exited_on", "Fyll i sista dagen"),
        ({"reason": ""}, "reason", "Välj orsak"),
        ({"reason": "hittepå"}, "reason", ""),
    ],
)
def test_a_fault_stands_on_its_field_and_the_text_is_kept(world, client, url, answers, field, text) -> None:
    answer = submit(client, url, **{**ANSWERS, **answers})
    assert list(faults(answer)) == [field]
    assert text in faults(answer)[field][0]
    assert ANSWERS["comment"] in answer.content.decode()
    assert not Exit.objects.filter(enrolment=world.enrolment).exists()


def test_the_day_of_enrolment_is_a_possible_last_day(world, client, url) -> None:
    assert submit(client, url, **{**ANSWERS, "exited_on": "2026-01-12"}).status_code == 302


def test_pressed_twice_is_one_exit(world, client, url) -> None:
    data = fill(client, url, **ANSWERS)
    assert client.post(url, data)["Location"] == client.post(url, data)["Location"]
    assert Exit.objects.filter(enrolment=world.enrolment).count() == 1


def test_a_colleagues_exit_in_between_is_not_run_over(world, client, url) -> None:
    data = fill(client, url, **ANSWERS)
    submit(client, url, exited_on="2026-05-05", reason="moved")
    answer = client.post(url, data)
    assert "Någon annan har ändrat" in faults(answer)["__all__"][0]
    assert ANSWERS["comment"] in answer.content.decode()
    # Having seen it, the user may save all the same.
    assert client.post(url, shown(answer.context["form"])).status_code == 302
    assert Exit.objects.filter(enrolment=world.enrolment).current().get().reason == "work"


def test_the_default_day_is_today(client, url) -> None:
    assert client.get(url).context["form"]["exited_on"].value() == today()


def test_an_ended_enrolment_can_be_ended_again_by_a_new_one(world, client, url) -> None:
    """The corrected exit must not reach into a later enrolment."""
    submit(client, url, **ANSWERS)
    later = EnrolmentFactory(
        project=world.project, participant=world.enrolment.participant, enrolled_on=date(2026, 8, 1)
    )
    answer = submit(client, url, **{**ANSWERS, "exited_on": (later.enrolled_on + timedelta(days=1)).isoformat()})
    assert "annan inskrivning" in faults(answer)["__all__"][0]
    assert Enrolment.objects.get(pk=world.enrolment.pk).exited_on == date(2026, 6, 30)
