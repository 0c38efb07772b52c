"""Guessing is slowed down, and nobody can keep a colleague out by it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from core.days.dates import STOCKHOLM
from samverkan.settings import CACHES
from tests.world.codes import code_now
from tests.world.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

WRONG = "fel-losenord-12"
NOON = datetime(2026, 11, 10, 12, 0, tzinfo=STOCKHOLM)


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as moving:
        yield moving
    cache.clear()


@pytest.fixture
def user():
    return UserFactory(email="hanna@example.se")


def at(address):
    return Client(REMOTE_ADDR=address)


def tries(client, email="hanna@example.se", password=WRONG, **more):
    """Whether the password was looked at."""
    answer = client.post("/logga-in/", {"login": email, "password": password, **more})
    return "för många försök" not in answer.content.decode()


def gets_in(client, email="hanna@example.se", **more):
    client.post("/logga-in/", {"login": email, "password": PASSWORD, **more})
    return "_auth_user_id" in client.session or "account_login" in client.session


def test_ten_wrong_passwords_do_not_shut_out_an_office(user):
    for number in range(10):
        tries(at("10.0.0.1"), f"kollega{number}@example.se")
    assert gets_in(at("10.0.0.1"))


def test_eight_addresses_cannot_keep_somebody_out_on_a_device_they_have_used(user, clock):
    own = at("10.0.0.1")
    assert gets_in(own)
    own.post("/logga-ut/")
    for minute in range(15):
        for number in range(8):
            tries(at(f"192.0.2.{number}"))
        clock.shift(timedelta(minutes=1))
        if minute % 5 == 4:
            assert gets_in(own), minute
            own.post("/logga-ut/")


def test_eight_addresses_cannot_keep_somebody_out_who_has_a_second_factor(user, clock):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    for number in range(8):
        for _ in range(5):
            tries(at(f"192.0.2.{number}"))
    assert not tries(at("10.0.0.1"), password=PASSWORD)
    code = code_now(secret)
    fresh = at("10.0.0.2")
    answer = fresh.post("/logga-in/", {"login": user.email, "password": PASSWORD, "code": code})
    assert answer["Location"] == "/logga-in/tvasteg/"
    again = at("10.0.0.3").post("/logga-in/", {"login": user.email, "password": PASSWORD, "code": code})
    assert again.status_code == 200, "the code is spent"


@pytest.mark.parametrize("email", ["hanna@example.se", "finns.inte@example.se"])
def test_no_more_than_twenty_passwords_an_hour_from_anywhere(user, email):
    looked_at = sum(tries(at(f"192.0.2.{number}"), email) for number in range(20) for _ in range(3))
    assert looked_at == 20


def test_a_code_that_is_guessed_lets_no_try_through(user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    for number in range(8):
        for _ in range(5):
            tries(at(f"192.0.2.{number}"))
    assert not tries(at("198.51.100.1"), code="000000")
    page = at("198.51.100.3").post("/logga-in/", {"login": user.email, "password": WRONG}).content.decode()
    assert 'name="code"' in page


def test_five_from_one_place_and_then_a_pause(user, clock):
    client = at("192.0.2.1")
    assert [tries(client) for _ in range(6)] == [True] * 5 + [False]
    clock.shift(timedelta(minutes=5, seconds=1))
    assert tries(client)


def test_a_device_is_known_by_the_password_that_was_used_there(user):
    client = at("10.0.0.1")
    gets_in(client)
    assert client.cookies["device"]["httponly"]
    assert str(user.public_id) not in client.cookies["device"].value
    assert user.email not in client.cookies["device"].value
    client.post("/logga-ut/")
    user.set_password("kaffe-pa-stationen-7")
    user.save()
    for number in range(20):
        tries(at(f"192.0.2.{number}"))
    assert not tries(client), "another password makes the device unknown"


@pytest.mark.parametrize("forged", ["x", "a" * 64, ".".join("b" * 64 for _ in range(500)), "åäö"])
def test_a_forged_cookie_makes_no_device_known(user, forged):
    for number in range(20):
        tries(at(f"192.0.2.{number}"))
    client = at("198.51.100.1")
    client.cookies["device"] = forged
    assert not tries(client)


def test_a_password_chosen_through_a_link_begins_the_count_anew(user):
    from accounts.letters.invitations import link_path

    for number in range(20):
        tries(at(f"192.0.2.{number}"))
    client = at("10.0.0.1")
    page = client.get(link_path(user), follow=True)
    new = "kaffe-pa-stationen-7"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    answer = at("10.0.0.2").post("/logga-in/", {"login": user.email, "password": new})
    assert answer.status_code == 302


# --- Whoever is in the same office, or at the same computer -----------------------------------------------------------


@pytest.fixture
def secret(user):
    made = totp.generate_totp_secret()
    totp.TOTP.activate(user, made)
    return made


def test_a_colleague_in_the_office_cannot_keep_somebody_out_who_has_a_second_factor(user, secret):
    for _ in range(6):
        tries(at("10.0.0.1"))
    assert not tries(at("10.0.0.1"))
    assert gets_in(at("10.0.0.1"), code=code_now(secret))


def test_somebody_at_a_device_that_is_known_cannot_keep_its_owner_out(user, secret):
    own = at("10.0.0.1")
    own.post("/logga-in/", {"login": user.email, "password": PASSWORD})
    own.post("/logga-in/tvasteg/", {"code": code_now(secret)})
    assert "device" in own.cookies
    own.post("/logga-ut/")
    for _ in range(6):
        tries(own)
    assert not tries(own)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert gets_in(own, code=code_now(secret))


def test_many_tries_from_an_office_shut_out_nobody_on_a_device_they_have_used(user):
    own = at("10.0.0.1")
    assert gets_in(own)
    own.post("/logga-ut/")
    for number in range(40):
        at("10.0.0.1").post("/logga-in/", {"login": f"pahittad{number % 3}@example.se", "password": WRONG})
    assert gets_in(own)


def test_no_flood_of_other_counts_makes_an_accounts_count_begin_anew(user, settings):
    settings.CACHES = CACHES
    call_command("createcachetable")
    cache.clear()
    for number in range(20):
        tries(at(f"192.0.2.{number}"))
    for number in range(700):
        cache.set(f"allauth:rl:zzz:{number}", [1.0], 900)
    assert not tries(at("198.51.100.1"))


# --- Whoever sits at a computer that somebody has left ----------------------------------------------------------------

FORMS = {
    "/konto/losenord/": {
        "oldpassword": WRONG,
        "password1": "kaffe-pa-stationen-7",
        "password2": "kaffe-pa-stationen-7",
    },
    "/konto/bekrafta/": {"password": WRONG},
}


@pytest.mark.parametrize("path", FORMS)
def test_no_more_than_twenty_passwords_an_hour_by_a_form_behind_the_log_in(user, clock, path):
    client = at("10.0.0.1")
    assert gets_in(client)
    looked_at = 0
    for _ in range(60):
        clock.shift(timedelta(seconds=30))
        answer = client.post(path, FORMS[path])
        said = answer.content.decode()
        looked_at += "stämmer inte" in said or "Skriv det lösenord du har nu" in said
    assert 5 <= looked_at <= 20


def test_the_proof_that_an_administrator_sits_there_is_counted_too(user, clock):
    from django.core.exceptions import ValidationError
    from django.test import RequestFactory

    from accounts.login.proof import prove

    request = RequestFactory().post("/", REMOTE_ADDR="10.0.0.1")
    request.user = user
    faults = []
    for _ in range(40):
        clock.shift(timedelta(seconds=30))
        with pytest.raises(ValidationError) as refused:
            prove(request, user, WRONG)
        faults.append(refused.value.messages[0])
    assert sum("stämmer inte" in fault for fault in faults) == 20
