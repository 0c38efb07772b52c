"""How long somebody stays logged in: half an hour without doing anything, ten hours at most."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.views import logout as logout_view
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from accounts.http import LoggedRequest
from accounts.models import User

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
# The session isn't written at every request: others must be able to write meanwhile.
WRITTEN_EVERY = timedelta(minutes=1)
_BEGAN, _SEEN = "began", "seen"


def begin_session(request: HttpRequest, **_: Any) -> None:
    """Start the clocks; called at each log-in."""
    now = timezone.now().isoformat()
    request.session[_BEGAN] = request.session[_SEEN] = now


def end_sessions(user: User) -> None:
    """Log the user out everywhere. Only what a session holds says whose it is, so that each is looked into."""
    live = Session.objects.filter(expire_date__gte=timezone.now())
    mine = [session.pk for session in live.iterator() if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=mine).delete()


def log_out(request: HttpRequest) -> HttpResponse:
    """Log out, and have the browser forget what it has kept of the pages.

    Not its cookies: the session's goes by itself, and the one that knows the device is to stay.
    """
    response = logout_view(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def session_left(request: LoggedRequest) -> HttpResponse:
    """How many seconds are left of the log-in. To ask is no sign of life; to send a form is, and keeps it."""
    if request.method == "POST":
        request.session[_SEEN] = timezone.now().isoformat()
    return JsonResponse({"seconds": seconds_left(request.session)})


def seconds_left(session: SessionBase) -> int:
    """Whole seconds until the log-in ends if nothing is done; 0 where it has ended."""
    now, began, seen = timezone.now(), _moment(session, _BEGAN), _moment(session, _SEEN)
    left = min(began + LONGEST - now, seen + IDLE - now) if began and seen else timedelta(0)
    return max(0, int(left.total_seconds()))


class SessionLimitsMiddleware:
    """Log a user out who has been away too long, before anything is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: LoggedRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _keep_or_end(request, timezone.now())
        return self.get_response(request)


def _keep_or_end(request: LoggedRequest, now: datetime) -> None:
    began, seen = (_moment(request.session, name) for name in (_BEGAN, _SEEN))
    if began is None or seen is None or now - began >= LONGEST or now - seen >= IDLE:
        logout(request)
    elif now - seen >= WRITTEN_EVERY and not _only_asks(request):
        request.session[_SEEN] = now.isoformat()


def _only_asks(request: LoggedRequest) -> bool:
    return request.method == "GET" and request.path == reverse("account_session")


def _moment(session: SessionBase, name: str) -> datetime | None:
    said = session.get(name)
    return datetime.fromisoformat(said) if said else None
