"""However often a button is pressed, and however close, one thing is made and all get its receipt."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.http import HttpRequest, QueryDict

from accounts.models import Organisation, User
from core.forms.concurrency import ChangedMeanwhile
from core.forms.saving import ALREADY, NothingToSave, save_once, saved
from core.forms.token import OTHER_WORDS, TokenForm
from core.models import FormToken, TextBody
from tests.world.factories import UserFactory

PRESSES = 10


@pytest.fixture
def user(db):
    return UserFactory()


def write(text="Ett möte"):
    """Something that is saved; gives an id for the receipt."""
    TextBody.objects.write(text)
    return uuid4()


def test_the_second_press_gets_the_first_ones_receipt(user):
    token = uuid4()
    first = save_once(token=token, user=user, save=write)
    assert save_once(token=token, user=user, save=write) == first
    assert TextBody.objects.count() == FormToken.objects.count() == 1
    assert FormToken.objects.get().made == first


def test_another_page_makes_another(user):
    made = {save_once(token=uuid4(), user=user, save=write) for _ in range(3)}
    assert len(made) == TextBody.objects.count() == 3


def test_what_fails_uses_up_no_token(user):
    token = uuid4()

    def fail():
        write()
        raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        save_once(token=token, user=user, save=fail)
    assert TextBody.objects.count() == FormToken.objects.count() == 0
    assert save_once(token=token, user=user, save=write)


def test_a_breach_of_the_database_inside_is_not_taken_for_a_second_press(user):
    def breach():
        Organisation.objects.create(name=user.organisation.name)
        return uuid4()

    with pytest.raises(IntegrityError):
        save_once(token=uuid4(), user=user, save=breach)
    assert not FormToken.objects.exists()


def test_somebody_elses_token_gives_no_receipt_of_theirs(user):
    token, other = uuid4(), UserFactory()
    theirs = save_once(token=token, user=other, save=write)
    assert TokenForm({"token": str(token)}).already_made(user) is None
    assert save_once(token=token, user=user, save=write) != theirs
    assert TokenForm({"token": str(token)}).already_made(other) == theirs


@pytest.mark.parametrize("typed", ["", "x", "0" * 400, None])
def test_a_token_that_is_none_is_nobodys(user, typed):
    form = TokenForm({"token": typed})
    assert form.already_made(user) is None
    assert not form.is_valid()


@pytest.fixture
def _real_commits(transactional_db):
    """Threads see each other's rows only when they are committed."""


@pytest.mark.usefixtures("_real_commits")
def test_ten_presses_in_the_same_moment_make_one_and_all_get_its_receipt():
    user, token, ready = UserFactory(), uuid4(), Barrier(PRESSES)

    def press(_):
        try:
            ready.wait()
            return save_once(token=token, user=User.objects.get(pk=user.pk), save=write)
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSES) as presses:
        receipts = list(presses.map(press, range(PRESSES)))
    assert len(receipts) == PRESSES
    assert set(receipts) == {FormToken.objects.get().made}
    assert TextBody.objects.count() == 1


class _Words(TokenForm):
    words = forms.CharField()


def _form(token, words, **more):
    return _Words(QueryDict(urlencode({"token": token, "words": words, "csrfmiddlewaretoken": uuid4(), **more})))


def _request(user):
    request = HttpRequest()
    request.user = user
    request._messages = CookieStorage(request)
    return request


def _press(form, user, action=uuid4):
    """As every view does."""
    return saved(_request(user), form, action)


def _press_and_hear(form, user, action=uuid4, receipt=""):
    """What the press gives, and what the user is told."""
    request = _request(user)
    return saved(request, form, action, receipt), [str(message) for message in get_messages(request)]


def _refuse(error):
    def action():
        raise error

    return action


@pytest.mark.django_db
class TestSaved:
    def test_a_form_that_was_not_sent_is_not_saved(self):
        assert _press(_Words(), UserFactory()) is None

    def test_what_is_wrong_stands_on_the_form(self):
        form = _form(uuid4(), "")
        assert _press(form, UserFactory()) is None
        assert list(form.errors) == ["words"]

    def test_only_the_first_press_has_saved_it(self):
        user, token, made = UserFactory(), uuid4(), uuid4()
        first, second = _form(token, "ett"), _form(token, "ett")
        assert [_press(first, user, lambda: made), _press(second, user)] == [made, made]
        assert (first.is_saved_now, second.is_saved_now) == (True, False)

    def test_what_the_action_refuses_lands_on_its_field_and_the_rest_on_top(self):
        user, form = UserFactory(), _form(uuid4(), "ett")
        assert _press(form, user, _refuse(ValidationError({"words": "Kortare.", "elsewhere": "Senare."}))) is None
        assert form.errors == {"words": ["Kortare."], "__all__": ["Senare."]}
        assert not form.is_saved_now
        assert not form.is_changed_meanwhile
        assert not FormToken.objects.exists()

    def test_that_somebody_else_was_faster_is_known_to_the_page(self):
        form = _form(uuid4(), "ett")
        assert _press(form, UserFactory(), _refuse(ChangedMeanwhile("Läs igen."))) is None
        assert form.is_changed_meanwhile
        assert form.non_field_errors() == ["Läs igen."]

    def test_other_words_are_asked_about_also_of_a_form_that_its_page_has_read(self):
        user, token = UserFactory(), uuid4()
        _press(_form(token, "ett"), user)
        second = _form(token, "två")
        assert second.is_valid()
        assert _press(second, user) is None
        assert second.non_field_errors() == [OTHER_WORDS]
        assert second["token"].value() != str(token)


@pytest.mark.django_db
class TestReceipt:
    @pytest.mark.parametrize("receipt", ["Sparat.", lambda made: f"Sparat {made}."])
    def test_it_is_said_once_by_the_press_that_saved(self, receipt):
        user, token, made = UserFactory(), uuid4(), uuid4()
        said = receipt if isinstance(receipt, str) else receipt(made)
        assert _press_and_hear(_form(token, "ett"), user, lambda: made, receipt) == (made, [said])
        assert _press_and_hear(_form(token, "ett"), user, lambda: made, receipt) == (made, [ALREADY])

    def test_an_empty_one_says_nothing(self):
        assert _press_and_hear(_form(uuid4(), "ett"), UserFactory(), receipt=lambda _: "")[1] == []

    def test_what_is_refused_has_none(self):
        error = ValidationError("Senare.")
        assert _press_and_hear(_form(uuid4(), "ett"), UserFactory(), _refuse(error), "Sparat.") == (None, [])


@pytest.mark.django_db
class TestNothingToSave:
    def test_it_leads_on_and_says_why_and_uses_no_token(self):
        user, token, there, made = UserFactory(), uuid4(), uuid4(), uuid4()

        def nothing():
            write()
            raise NothingToSave(there, "Det är så redan.")

        assert _press_and_hear(_form(token, "ett"), user, nothing, "Sparat.") == (there, ["Det är så redan."])
        assert TextBody.objects.count() == FormToken.objects.count() == 0
        assert _press_and_hear(_form(token, "ett"), user, lambda: made, "Sparat.") == (made, ["Sparat."])


@pytest.mark.django_db
class TestOtherWords:
    def test_the_same_words_are_the_same_press(self):
        user, token = UserFactory(), uuid4()
        assert _press(_form(token, "ett"), user) == _press(_form(token, "ett", ticket="a new one"), user)

    def test_other_words_are_asked_about_once_and_then_saved_as_their_own(self):
        user, token = UserFactory(), uuid4()
        first = _press(_form(token, "ett"), user)
        second = _form(token, "två")
        assert _press(second, user) is None
        assert second.non_field_errors() == [OTHER_WORDS]
        assert second["words"].value() == "två"
        assert second["token"].value() != str(token)
        assert _press(_form(second["token"].value(), "två"), user) not in (None, first)
        assert _press(_form(token, "ett"), user) == first

    def test_a_token_that_somebody_else_has_used_is_as_good_as_a_new_one(self):
        token = uuid4()
        theirs = _press(_form(token, "deras"), UserFactory())
        mine = _press(_form(token, "mina"), UserFactory())
        assert mine not in (None, theirs)
