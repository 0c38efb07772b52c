"""Logging in: who gets in, and that a refusal tells nothing about who exists."""

import re

import pytest
from django.conf import settings as program
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils.module_loading import import_string

from accounts.letters.outbox import send_waiting
from accounts.models import User
from core.days.dates import today
from projects.models import Membership
from tests.world.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

LOG_IN = "/logga-in/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Counters of failed log-ins live in the cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def user(db):
    return UserFactory(email="hanna@example.se")


def log_in(client, email, password=PASSWORD):
    return client.post(LOG_IN, {"login": email, "password": password})


def is_in(client):
    return "_auth_user_id" in client.session


def said(response):
    """The page but for what differs by chance or by what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", text)


def test_right_address_and_password_lead_to_the_start_page(user, client):
    response = log_in(client, "hanna@example.se")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize("typed", ["HANNA@EXAMPLE.SE", "Hanna@Example.se", " hanna@example.se "])
def test_the_case_of_an_address_does_not_matter(user, client, typed):
    log_in(client, typed)
    assert is_in(client)


def test_one_address_is_one_user_whatever_its_case(user):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="HANNA@example.se")
    assert User.objects.get_by_natural_key(" Hanna@Example.SE ") == user
    made = User.objects.create_user("Ny@Example.se", "ett-langt-losenord", name="Ny", organisation=user.organisation)
    assert made.email == "ny@example.se"


def test_wrong_unknown_and_inactive_get_the_same_answer(user, client):
    UserFactory(email="borta@example.se", is_active=False)
    wrong = log_in(client, "hanna@example.se", "fel-losenord-12")
    unknown = log_in(client, "finns.inte@example.se", "fel-losenord-12")
    inactive = log_in(client, "borta@example.se", "fel-losenord-12")
    assert (wrong.status_code, unknown.status_code, inactive.status_code) == (200, 200, 200)
    assert said(wrong) == said(unknown) == said(inactive)
    assert "Fel:" in said(wrong)
    assert not is_in(client)


def test_a_refusal_is_told_in_plain_words(user, client):
    for email in ("hanna@example.se", "finns.inte@example.se"):
        text = said(log_in(client, email, "fel-losenord-12"))
        assert text.count("E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.") == 1
        assert "felaktig" not in text
        assert "och/eller" not in text


def test_who_has_tried_too_often_is_told_to_wait(user, client):
    for _ in range(6):
        response = log_in(client, "hanna@example.se", "fel-losenord-12")
    assert "Det har blivit för många försök att logga in. Vänta en kvart" in said(response)


def test_an_inactive_user_does_not_get_in_with_the_right_password(client):
    UserFactory(email="borta@example.se", is_active=False)
    response = log_in(client, "borta@example.se")
    assert not is_in(client)
    assert response.status_code in (200, 302)


def test_the_program_itself_cannot_log_in(client):
    User.objects.system()
    for password in ("!", "", "programmet"):
        log_in(client, "programmet@samverkan.invalid", password)
        assert not is_in(client)


def test_an_unknown_address_costs_a_password_check_too(user, client, monkeypatch):
    """Else the time of the answer would tell who exists."""
    counted = []
    hasher = type(get_hasher())
    real = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *args, **kwargs: counted.append(1) or real(self, *args, **kwargs)
    )
    log_in(client, "finns.inte@example.se", "fel-losenord-12")
    assert counted


def test_guessing_is_slowed_down_but_a_colleague_gets_in(user, client):
    UserFactory(email="kim@example.se")
    for _ in range(5):
        log_in(client, "hanna@example.se", "fel-losenord-12")
    refused = log_in(client, "hanna@example.se")
    assert not is_in(client), "the sixth try within five minutes is refused, right or not"
    assert refused.status_code in (200, 429)
    log_in(client, "kim@example.se")
    assert is_in(client)


def test_the_session_gets_a_new_key_at_log_in_and_dies_at_log_out(user, client):
    client.get(LOG_IN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies[program.SESSION_COOKIE_NAME] = before
    log_in(client, "hanna@example.se")
    after = client.session.session_key
    assert before != after
    client.post("/logga-ut/")
    stolen = Client()
    stolen.cookies[program.SESSION_COOKIE_NAME] = after
    assert stolen.get("/").status_code == 302


def test_who_is_made_inactive_is_out_at_the_next_request(user, client):
    log_in(client, "hanna@example.se")
    assert client.get("/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/")["Location"].startswith(LOG_IN)


def test_whose_membership_ends_sees_nothing_at_the_next_request(world, log_in):
    client = log_in(world.case_worker)
    assert client.get("/deltagare/").status_code == 200
    Membership.objects.filter(user=world.case_worker).update(valid_until=today())
    assert client.get("/deltagare/").status_code == 403
    assert client.get(f"/inskrivningar/{world.enrolment.public_id}/").status_code == 404


@pytest.mark.parametrize(
    "next_page", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"]
)
def test_log_in_sends_nobody_to_another_host(user, client, next_page):
    response = client.post(f"{LOG_IN}?next={next_page}", {"login": user.email, "password": PASSWORD, "next": next_page})
    assert response["Location"] == "/"


def test_nobody_signs_up_by_themselves(client):
    for path in ("/registrera/", "/signup/", "/accounts/signup/"):
        assert client.get(path).status_code == 404


# --- Forgotten password ----------------------------------------------------------------------------------------------


def test_a_forgotten_password_answers_the_same_for_known_and_unknown(user, client, mailoutbox):
    answers = [client.post("/glomt-losenord/", {"email": email}) for email in (user.email, "finns.inte@example.se")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/glomt-losenord/skickat/")] * 2
    assert mailoutbox == [], "nothing is sent while anybody waits for an answer"
    send_waiting()
    assert [mail.to for mail in mailoutbox] == [[user.email]]


def test_without_an_address_the_form_says_what_to_write(client):
    assert client.post("/glomt-losenord/", {"email": ""}).context["form"].errors == {
        "email": ["Skriv din e-postadress."]
    }


def test_the_mail_names_nobody_but_the_program(user, client, mailoutbox):
    client.post("/glomt-losenord/", {"email": user.email})
    send_waiting()
    assert user.name not in mailoutbox[0].subject + mailoutbox[0].body
    assert "/glomt-losenord/" in mailoutbox[0].body


# --- How passwords are kept ------------------------------------------------------------------------------------------


def test_passwords_are_kept_by_argon2_and_long_enough_for_memory_to_matter():
    from samverkan import settings as written

    # The tests' own is the same at its cheapest, so that the program's is asked for by name.
    hasher = import_string(written.PASSWORD_HASHERS[0])()
    assert hasher.algorithm == "argon2"
    assert hasher.memory_cost >= 19 * 1024
    made = User(email="a@example.se", name="A")
    with override_settings(PASSWORD_HASHERS=written.PASSWORD_HASHERS):
        made.set_password("ett-langt-losenord")
        assert identify_hasher(made.password).algorithm == "argon2"
        assert f"m={hasher.memory_cost}," in made.password


@pytest.mark.parametrize("password", ["kort", "elvatecken1", "password1234", "hanna@example.se"])
def test_weak_passwords_are_refused(user, client, password):
    client.force_login(user)
    answers = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/konto/losenord/", answers).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_long_password_without_rules_of_composition_is_taken(user, client):
    client.force_login(user)
    new = "fyra lugna svalor i rad"
    client.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


def test_too_many_tries_at_ones_own_password_are_told_in_words(world, log_in):
    client = log_in(world.case_worker)
    wrong = {"oldpassword": "fel-losenord-1", "password1": "kaffe-pa-stationen-7", "password2": "kaffe-pa-stationen-7"}
    answers = [client.post("/konto/losenord/", wrong) for _ in range(8)]
    assert answers[-1].status_code == 429
    assert "Vänta några minuter" in answers[-1].content.decode()
