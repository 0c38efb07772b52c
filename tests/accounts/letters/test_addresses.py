"""Another address for somebody: it opens their account to nobody."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.login.tokens import LinkTokens
from accounts.models import AccessEvent, User
from projects.users.actions import set_open
from tests.world.codes import code_now
from tests.world.factories import UserFactory
from tests.world.letters import letters
from tests.world.pages import faults, submit

pytestmark = pytest.mark.django_db

PASSWORD = "ett-langt-losenord-7"
NEW = "egen@example.com"


@pytest.fixture(autouse=True)
def fresh() -> None:
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def ada(world) -> Client:
    world.administrator.set_password(PASSWORD)
    world.administrator.save()
    client = Client()
    client.force_login(world.administrator)
    return client


@pytest.fixture
def hanna(world) -> User:
    world.case_worker.set_password(PASSWORD)
    world.case_worker.save()
    return world.case_worker


def change(ada: Client, user: User, **answers: str):
    return submit(ada, reverse("user_edit", args=[user.public_id]), **{"email": NEW, "proof": PASSWORD} | answers)


def forgot(address: str) -> str:
    """What the mail to the address says, after «Glömt lösenord»."""
    letters().clear()
    Client().post("/glomt-losenord/", {"email": address})
    return letters()[-1].body if letters() else ""


def test_it_needs_proof_that_the_administrator_sits_there(ada, hanna) -> None:
    before = hanna.email
    for wrong in ("", "fel-losenord"):
        answer = change(ada, hanna, name="Nytt Namn", proof=wrong)
        assert set(faults(answer)) == {"proof"}
        assert 'value="Nytt Namn"' in answer.content.decode()
    hanna.refresh_from_db()
    assert (hanna.email, hanna.name) == (before, "Hanna Handläggare")
    assert change(ada, hanna).status_code == 302


def test_nothing_else_asks_for_proof(ada, hanna) -> None:
    assert change(ada, hanna, email=hanna.email, name="Hanna Ny", proof="").status_code == 302


def test_who_has_a_second_factor_proves_it_with_that_and_each_code_once(world, ada, hanna) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(world.administrator, secret)
    code = code_now(secret)
    assert set(faults(change(ada, hanna))) == {"proof"}, "the password is no proof any more"
    assert change(ada, hanna, proof=code).status_code == 302
    answer = change(ada, hanna, email="annan@example.com", proof=code)
    assert set(faults(answer)) == {"proof"}


def test_the_old_address_is_told_and_all_sessions_end(ada, hanna, log_in, django_capture_on_commit_callbacks) -> None:
    before, session = hanna.email, log_in(hanna)
    assert session.get("/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        change(ada, hanna)
    assert [letter.to for letter in letters()] == [[before]]
    assert session.get("/").status_code == 302


def test_the_old_address_is_told_though_the_account_is_closed_at_once(world, ada, hanna) -> None:
    before = hanna.email
    change(ada, hanna)
    set_open(user=hanna, is_open=False, by=world.administrator)
    assert [letter.to for letter in letters()] == [[before]]


def test_the_second_factor_of_the_owner_stays(ada, hanna) -> None:
    totp.TOTP.activate(hanna, totp.generate_totp_secret())
    change(ada, hanna)
    assert Authenticator.objects.filter(user=hanna).count() == 1


def test_a_forgotten_password_gives_no_link_until_the_owner_has_logged_in(ada, hanna) -> None:
    change(ada, hanna)
    assert "/glomt-losenord/" not in forgot(NEW)
    hanna.refresh_from_db()
    assert not LinkTokens().check_token(hanna, LinkTokens().make_token(hanna))
    assert Client().post("/logga-in/", {"login": NEW, "password": PASSWORD})["Location"] == "/"
    assert "/glomt-losenord/" in forgot(NEW)


def test_a_link_from_before_the_change_is_dead(ada, hanna) -> None:
    link = re.search(r"/glomt-losenord/\S+", forgot(hanna.email))[0]
    change(ada, hanna)
    assert "gäller inte längre" in Client().get(link, follow=True).content.decode()


def test_an_address_that_was_lent_for_a_moment_opens_nothing(ada, hanna) -> None:
    """The log-in library remembers addresses by itself: changed there and back, the one between must be forgotten."""
    own = hanna.email
    change(ada, hanna)
    EmailAddress.objects.create(user=hanna, email=NEW, primary=True)
    change(ada, hanna, email=own)
    assert not EmailAddress.objects.filter(email=NEW).exists()
    assert forgot(NEW) == ""
    assert Client().post("/logga-in/", {"login": NEW, "password": PASSWORD}).status_code == 200


def test_who_is_new_and_can_do_nothing_gets_the_link_at_the_right_address(world, ada) -> None:
    new = UserFactory(organisation=world.ame, password="!")
    change(ada, new)
    new.refresh_from_db()
    assert not new.is_address_new


def test_it_is_in_the_log(world, ada, hanna) -> None:
    change(ada, hanna)
    event = AccessEvent.objects.get(user=world.administrator, part="user_edit", kind="change")
    assert event.reason == str(hanna.public_id)
