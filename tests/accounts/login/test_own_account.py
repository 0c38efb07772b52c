"""One's own password and second factor: no name in the one, no code of the other used twice; nothing left behind."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.login.passwords import OwnNameValidator
from tests.world.codes import code_now
from tests.world.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SET_UP = "/konto/tvasteg/aktivera/"


@pytest.fixture
def user():
    return UserFactory(name="Åsa Lindqvist-Ek", email="a.lindqvist@example.se")


@pytest.mark.parametrize(
    "password", ["asa-gar-till-jobbet-9", "ÅSA2026sommaren", "minLindqvist!vinter", "xx-LINDQVÍST-1234"]
)
def test_a_password_with_ones_own_name_in_it_is_refused(user, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert OwnNameValidator().get_help_text() in refused.value.messages


@pytest.mark.parametrize("password", ["ek-och-bjork-i-skogen", "kaffe-pa-stationen-7", PASSWORD])
def test_other_passwords_are_as_good_as_before(user, password):
    validate_password(password, user)


def test_the_page_says_so(user, log_in):
    client = log_in(user)
    data = {"oldpassword": PASSWORD, "password1": "lindqvist-2026-x", "password2": "lindqvist-2026-x"}
    answer = client.post("/konto/losenord/", data)
    assert answer.status_code == 200
    assert OwnNameValidator().get_help_text() in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_code_that_set_an_app_up_logs_nobody_in(user, client, settings):
    client.post("/logga-in/", {"login": user.email, "password": PASSWORD})
    page = client.get(SET_UP, follow=True)
    if "bekrafta" in page.redirect_chain[-1][0] if page.redirect_chain else False:
        client.post(page.redirect_chain[-1][0], {"password": PASSWORD})
        client.get(SET_UP)
    secret = client.session["mfa.totp.secret"]
    code = code_now(secret)
    assert client.post(SET_UP, {"code": code}).status_code == 302
    client.post("/logga-ut/")
    assert client.post("/logga-in/", {"login": user.email, "password": PASSWORD})["Location"] == "/logga-in/tvasteg/"
    replayed = client.post("/logga-in/tvasteg/", {"code": code})
    assert replayed.status_code == 200
    assert client.get("/")["Location"].startswith("/logga-in/")


def test_a_browser_is_told_to_forget_at_log_out_and_only_then(user, log_in):
    client = log_in(user)
    assert "Clear-Site-Data" not in client.get("/logga-ut/")
    answer = client.post("/logga-ut/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Location"] == "/logga-in/"
