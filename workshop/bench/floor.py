"""The floors of pages and saves: the least time that they can take on this machine.

A page's floor is a bare view, without middleware, of one indexed query and a table of as many rows, and one durable
insert like that of the access log. A save's floor is a bare POST with one durable insert.
"""

from collections.abc import Callable
from functools import cache
from itertools import count

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from accounts.enums import Duty
from accounts.models import AccessEvent, User
from participants.models import Enrolment

_TABLE = Template(
    "<!doctype html><html lang='sv'><title>Golv</title><table>"
    "{% for row in rows %}<tr><td><a href='/{{ row.public_id }}/'>{{ row.participant.identity.family_name }}, "
    "{{ row.participant.identity.given_name }}</a></td><td>{{ row.participant.sex }}</td><td>{{ row.source }}</td>"
    "<td>{{ row.enrolled_on }}</td><td>{{ row.exit_reason }}</td><td>{{ row.is_imported }}</td></tr>{% endfor %}"
    "</table></html>"
)
_numbers = count(1)


def rows(request: HttpRequest, size: int) -> HttpResponse:
    """A plain table of `size` rows, with one insert."""
    found = Enrolment.objects.select_related("participant__identity").order_by("pk")[:size]
    page = _TABLE.render(Context({"rows": found}))
    _insert()
    return HttpResponse(page)


def save(request: HttpRequest) -> HttpResponse:
    """An empty answer, with one insert."""
    _insert()
    return HttpResponse(request.POST["text"], status=201)


def _insert() -> None:
    """Insert a row like those of the access log, and commit it."""
    AccessEvent.objects.create(
        user_id=_user(), number=next(_numbers), at=timezone.now(), kind="read", part="floor", subjects_count=0,
        hash="0" * 64,
    )  # fmt: skip


@cache
def _user() -> int:
    """The primary key of a user in whose chain nothing else is written."""
    return User.objects.create_user("floor@example.se", name="Golvet", duty=Duty.SYSTEM).pk


urlpatterns = [path("rader/<int:size>/", rows), path("spara/", save)]


class BareMiddleware:
    """Middleware that answers the addresses above and calls nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = "workshop.bench.floor"
        return self.get_response(request)


def bare_client() -> Client:
    """A client whose requests meet no other middleware."""
    client = Client()
    with override_settings(MIDDLEWARE=["workshop.bench.floor.BareMiddleware"]):
        client.handler.load_middleware()
    return client
