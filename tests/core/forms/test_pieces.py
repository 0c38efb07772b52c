"""Pieces of a page that a script asks for while somebody is writing: the piece, or nothing at all."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.models import Draft
from tests.world.cases import started
from tests.world.pages import typed

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def case(world):
    world.enrolment = started(world.enrolment, 100)
    return world.enrolment


@pytest.mark.parametrize(("checks_csrf", "status"), [(True, 403), (False, 401)])
def test_whoever_is_logged_out_gets_no_page_in_the_page_and_nothing_is_said_to_be_kept(
    world, case, log_in, checks_csrf, status
) -> None:
    page, address = (reverse(name, args=[case.public_id]) for name in ("meeting_create", "meeting_proposal"))
    data = typed(log_in(world.case_worker), page, part="proposal", text="Kommer i tid.")
    client = Client(enforce_csrf_checks=checks_csrf)
    # The script takes no answer but a good one.
    assert client.post(address, data, headers=FETCH).status_code == status
    assert not Draft.objects.exists()
    assert "Du var utloggad" not in client.get(reverse("account_login")).content.decode()


def test_whoever_is_logged_in_gets_the_piece(world, case, log_in) -> None:
    client = log_in(world.case_worker)
    data = typed(client, reverse("meeting_create", args=[case.public_id]), part="proposal", step="1")
    answer = client.post(reverse("meeting_proposal", args=[case.public_id]), data, headers=FETCH)
    assert (answer.status_code, b"<html" in answer.content, b"<p>" in answer.content) == (200, False, True)


def test_every_script_says_that_it_asks_for_a_piece() -> None:
    scripts = [path.read_text() for path in (settings.BASE_DIR / "static/js").glob("*.js")]
    calls = [script[found.start() :][:300] for script in scripts for found in re.finditer(r"\bfetch\(", script)]
    assert len(calls) > 4
    assert [call for call in calls if '"X-Requested-With": "fetch"' not in call] == []
