"""How long somebody stays logged in, and that a closed account is out at its next click."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import BACKEND_SESSION_KEY, authenticate
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.login import sessions
from accounts.login.sessions import IDLE, LONGEST, WRITTEN_EVERY
from tests.world.factories import PASSWORD
from tests.world.pages import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Time that moves when told."""

    class Clock:
        at = timezone.now()

        def now(self):
            return self.at

        def move(self, by: timedelta) -> None:
            self.at += by

    moving = Clock()
    monkeypatch.setattr(sessions.timezone, "now", moving.now)
    # Of the program; the suite has another, see tests/conftest.py.
    monkeypatch.setattr(sessions, "WRITTEN_EVERY", WRITTEN_EVERY)
    return moving


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_half_an_hour_without_doing_anything_is_the_end(world, log_in, clock) -> None:
    client = log_in(world.case_worker)
    clock.move(IDLE - timedelta(seconds=1))
    assert is_in(client)
    clock.move(IDLE - timedelta(seconds=1))
    assert is_in(client)
    clock.move(IDLE)
    answer = client.get("/deltagare/")
    assert (answer.status_code, answer["Location"]) == (302, "/logga-in/?next=/deltagare/")
    assert not is_in(client)


def test_ten_hours_are_the_end_whatever_is_done(world, log_in, clock) -> None:
    client = log_in(world.case_worker)
    for _ in range(int(LONGEST / timedelta(minutes=20)) - 1):
        clock.move(timedelta(minutes=20))
        assert is_in(client)
    clock.move(timedelta(minutes=20))
    assert not is_in(client)


def test_a_form_sent_too_late_writes_nothing(world, log_in, clock) -> None:
    client = log_in(world.case_worker)
    clock.move(IDLE)
    assert client.post("/deltagare/raknas/", {"sex": "male", "year": "2026"})["Location"].startswith("/logga-in/")


def test_the_session_is_not_written_at_every_request(world, log_in, clock) -> None:
    client = log_in(world.case_worker)
    before = Session.objects.get().session_data
    clock.move(timedelta(seconds=59))
    assert is_in(client)
    assert Session.objects.get().session_data == before
    clock.move(timedelta(seconds=1))
    assert is_in(client)
    assert Session.objects.get().session_data != before


def test_a_test_that_takes_minutes_asks_no_more_for_that(world, log_in) -> None:
    client = log_in(world.case_worker)
    assert is_in(client)
    at_once = queries(client, "/deltagare/")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert queries(client, "/deltagare/") == at_once


def test_a_session_that_says_nothing_of_its_age_is_over(world, log_in) -> None:
    client = log_in(world.case_worker)
    session = client.session
    del session["began"]
    session.save()
    assert not is_in(client)


def test_a_new_log_in_starts_the_clocks_anew(world, clock) -> None:
    client = Client()
    for _ in range(2):
        answer = client.post("/logga-in/", {"login": world.case_worker.email, "password": PASSWORD})
        assert answer["Location"] == "/"
        assert is_in(client)
        clock.move(IDLE)
        assert not is_in(client)


def test_a_closed_account_is_out_at_the_next_click_in_every_browser(world, log_in) -> None:
    clients = [log_in(world.case_worker), log_in(world.case_worker)]
    assert all(map(is_in, clients))
    world.case_worker.is_active = False
    world.case_worker.save()
    assert not any(map(is_in, clients))


@pytest.mark.parametrize("before", ["accounts.backends.Backend", "accounts.login.backends.Backend"])
def test_a_session_from_an_earlier_version_stays_logged_in(world, before):
    client = Client()
    client.force_login(world.case_worker)
    session = client.session
    session[BACKEND_SESSION_KEY] = before
    session.save()
    assert client.get("/").status_code == 200
    world.case_worker.is_active = False
    world.case_worker.save()
    assert client.get("/").status_code == 302


def test_a_password_is_checked_by_one_backend(world, rf, monkeypatch):
    checks = []
    monkeypatch.setattr(type(world.case_worker), "check_password", lambda user, raw: checks.append(user) or False)
    request = rf.post("/logga-in/")
    request.session = Client().session
    assert authenticate(request, email=world.case_worker.email, password=PASSWORD) is None
    assert checks == [world.case_worker]
