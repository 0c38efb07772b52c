"""Where a second factor is required, nobody without one gets past its set-up."""

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests.guards.access_table import ACCOUNT_PAGES, PUBLIC_PAGES, addresses, table

pytestmark = pytest.mark.django_db

SET_UP = "/konto/tvasteg/aktivera/"


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def test_only_the_demo_goes_without():
    from samverkan import settings as written

    assert written.SECOND_FACTOR_REQUIRED is (not written.DEVELOPMENT)


def test_without_a_second_factor_every_page_leads_to_its_set_up(world, log_in, required):
    client = log_in(world.case_worker)
    open_pages = {row["address"] for row in table(ACCOUNT_PAGES) + table(PUBLIC_PAGES)} - {"gallery"}
    closed = [path for name, path in addresses() if name not in open_pages]
    assert len(closed) > 30
    for path in closed:
        path = path.replace("<id>", str(world.enrolment.public_id))
        for answer in (client.get(path), client.post(path, {"x": "1"})):
            assert (answer.status_code, answer.headers.get("Location")) == (302, SET_UP), path


def test_the_set_up_itself_can_be_reached(world, log_in, required):
    client = log_in(world.case_worker)
    answer = client.get(SET_UP)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/bekrafta/"), "the password is asked for once more first"
    assert client.get(answer["Location"]).status_code == 200
    assert client.get("/logga-ut/").status_code == 200


def test_with_a_second_factor_the_pages_open(world, log_in, required):
    totp.TOTP.activate(world.case_worker, totp.generate_totp_secret())
    assert log_in(world.case_worker).get("/deltagare/").status_code == 200


def test_whoever_has_a_second_factor_is_asked_for_it_at_log_in(world, client, required):
    from tests.world.factories import PASSWORD

    totp.TOTP.activate(world.case_worker, totp.generate_totp_secret())
    answer = client.post("/logga-in/", {"login": world.case_worker.email, "password": PASSWORD})
    assert answer["Location"] == "/logga-in/tvasteg/"
    assert client.get("/deltagare/")["Location"].startswith("/logga-in/")
    wrong = client.post("/logga-in/tvasteg/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/deltagare/")["Location"].startswith("/logga-in/")
