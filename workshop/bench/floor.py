"""The floors of pages and saves: the least time that they can take on this machine.

A page's floor is a bare view, without middleware, of one indexed query and a table of as many rows, and one durable
insert like that of the access log. A save's floor is an ordinary Django save of the same rows, with Django's usual
middleware (workshop/bench/ordinary.py).
"""

from collections.abc import Callable, Sequence
from secrets import randbelow

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from accounts.enums import Duty
from accounts.models import AccessEvent, AccessHead, User
from participants.models import Enrolment
from workshop.bench.ordinary import save

USUAL = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
_TABLE = Template(
    "<!doctype html><html lang='sv'><title>Golv</title><table>"
    "{% for row in rows %}<tr><td><a href='/{{ row.public_id }}/'>{{ row.participant.identity.family_name }}, "
    "{{ row.participant.identity.given_name }}</a></td><td>{{ row.participant.sex }}</td><td>{{ row.source }}</td>"
    "<td>{{ row.enrolled_on }}</td><td>{{ row.exit_reason }}</td><td>{{ row.is_imported }}</td></tr>{% endfor %}"
    "</table></html>"
)
# Where the program has people log in; the floors have no such page.
_LOGIN = "/logga-in/"
# The key of the floor's own user, so that no floor has to look for it.
_USER = 9_000_000


def floor_user() -> User:
    """The user in whose chain of the access log nothing but the floors write; made when first asked for."""
    user, is_new = User.objects.get_or_create(
        pk=_USER, defaults={"email": "floor@example.se", "name": "Golvet", "duty": Duty.SYSTEM}
    )
    if is_new:
        AccessHead.objects.create(user=user)
    return user


def rows(request: HttpRequest, size: int) -> HttpResponse:
    """A plain table of `size` rows, with one insert like that of the access log, which is committed."""
    found = Enrolment.objects.select_related("participant__identity").order_by("pk")[:size]
    page = _TABLE.render(Context({"rows": found}))
    # Above all numbers that a chain comes to, and by chance, since several processes may serve this at once.
    number = 2**30 + randbelow(2**30)
    AccessEvent.objects.create(
        user_id=_USER, number=number, at=timezone.now(), kind="read", part="floor", subjects_count=0, hash="0" * 64
    )
    return HttpResponse(page)


urlpatterns = [path("rader/<int:size>/", rows), path("mote/<uuid:public_id>/", login_required(save, login_url=_LOGIN))]


class BareMiddleware:
    """Middleware that answers the addresses above and calls nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = "workshop.bench.floor"
        return self.get_response(request)


def bare_client(middleware: Sequence[str] = ()) -> Client:
    """A client of the floors, whose requests meet this middleware and no other."""
    client = Client(enforce_csrf_checks=True)
    with override_settings(MIDDLEWARE=[*middleware, "workshop.bench.floor.BareMiddleware"]):
        client.handler.load_middleware()
    return client
