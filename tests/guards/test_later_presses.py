"""A form that is sent once more than it was saved, whatever its first press is said to have made.

What was made may have gone since, and a version of the program before this one may have kept another id for it.
"""

from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.contrib.messages import SUCCESS, get_messages
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from core.forms.showing import NAME
from core.models import FormToken
from tests.guards import access_table
from tests.guards.reach import pages
from tests.http.client import Form, Page
from tests.world.cast import Cast, labels
from tests.world.pages import rolled_back

pytestmark = pytest.mark.django_db

ROLES = ("case worker", "coordinator", "project leader", "administrator", "log reviewer")


def _forms(client: Client, name: str, path: str) -> list[Form]:
    answer = client.get(path, access_table.QUERIES.get(name, {}))
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return Page(200, path, answer.content, {}).forms if is_page else []


def _token_of(form: Form) -> str:
    """What the form's token is called; empty where it has none."""
    names = (name for name, _ in form.fields if name.endswith("token") and name != "csrfmiddlewaretoken")
    return next(names, "")


def _pressed_again(client: Client, user: User, target: str, form: Form) -> tuple[HttpResponse, HttpResponse, list[str]]:
    """What a press gets whose token has made something that isn't there: the answer, the page that it leads to, and
    what was said to be done."""
    token, name = uuid4(), _token_of(form)
    FormToken.objects.create(token=token, user=user, made=uuid4(), content="")
    first: dict[str, Any] = {}
    for field, value in form.fields:
        first.setdefault(field, value)
    chosen = {field: values[-1][0] for field, values in form.choices.items() if values}
    answer = client.post(target, chosen | first | {name: str(token), NAME: first.get(NAME, "")})
    said = [str(message) for message in get_messages(answer.wsgi_request) if message.level == SUCCESS]
    led = client.get(answer["Location"], follow=True) if "Location" in answer else answer
    return answer, led, said


def test_a_later_press_leads_on_and_claims_nothing(cast: Cast, quiet):
    faults, pressed = {}, set()
    for role in ROLES:
        client = labels.client_as(cast, role)
        client.raise_request_exception = False
        user = User.objects.get(pk=client.session["_auth_user_id"])
        for name, path in pages(cast, role, of_each=True):
            for form in _forms(client, name, path):
                target = urljoin(path, form.action)
                if not _token_of(form) or (target, frozenset(form.names)) in pressed:
                    continue
                pressed.add((target, frozenset(form.names)))
                cookies = client.cookies.copy()
                with rolled_back():
                    answer, led, said = _pressed_again(client, user, target, form)
                client.cookies = cookies
                if answer.status_code >= 400 or led.status_code != 200 or said:
                    faults[name, role] = (target, answer.status_code, led.status_code, said)
    assert len(pressed) > 30
    assert faults == {}
