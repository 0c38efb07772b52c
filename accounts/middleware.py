"""Every page that somebody is shown leaves one event in the access log before its first byte."""

import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.enums import AccessKind
from accounts.exports import StrayFileError, TooManyExportsError
from accounts.http import LoggedRequest
from accounts.log.access import NAME_IN_LIST, PageAccess, log_access
from accounts.models import User

logger = logging.getLogger(__name__)

# Pages of the log-in itself and files without content about anybody.
UNLOGGED_PREFIXES = ("/static/", "/halsa", "/komponenter/")
# Asked by the page itself while its user types: what is typed is kept or read for its writer, and nobody is shown
# anything.
QUIET = ("/utkast/spara/", "/logga-in/kvar/", "/dag/")
# One's own log-in: its recovery codes are a file too, but nobody else's data.
OWN_PREFIXES = ("/logga-", "/konto/")


class AccessLogMiddleware:
    """Write the event of the response; if it can't be written there is no page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: LoggedRequest) -> HttpResponse:
        request.access = PageAccess()
        user_before = request.user if request.user.is_authenticated else None
        response = self.get_response(request)
        if user_before is None or request.path_info.startswith(UNLOGGED_PREFIXES):
            return response
        if request.path_info in QUIET and response.status_code != 403:
            return response
        if _is_stray_file(request, response):
            raise StrayFileError(request.resolver_match)
        try:
            return _logged(request, response, user_before)
        except DatabaseError:
            logger.exception("access log could not be written")
            return render(request, "503.html", status=503)

    def process_exception(self, request: LoggedRequest, error: Exception) -> HttpResponse | None:
        """The page for a user who has taken out the hour's files."""
        return _too_many(request, error) if isinstance(error, TooManyExportsError) else None


def _is_stray_file(request: LoggedRequest, response: HttpResponse) -> bool:
    """Whether the answer is a file that right, reason and limit were never asked for."""
    is_page = response.headers.get("Content-Type", "text/html").startswith("text/html")
    is_file = "Content-Disposition" in response.headers or not is_page
    return is_file and request.access.kind != AccessKind.EXPORT and not request.path_info.startswith(OWN_PREFIXES)


def _logged(request: LoggedRequest, response: HttpResponse, user: User) -> HttpResponse:
    """The response once its event is written; another one if the last file was taken while this was made."""
    try:
        _log(request, response, user)
    except TooManyExportsError as error:
        response = _too_many(request, error)
        _log(request, response, user)
    return response


def _too_many(request: LoggedRequest, error: TooManyExportsError) -> HttpResponse:
    request.access.declare_refusal(f"{error.count} filer den senaste timmen")
    wait = max(1, round((error.opens_at - timezone.now()).total_seconds()))
    response = render(request, "429.html", {"count": error.count, "opens_at": error.opens_at}, status=429)
    response["Retry-After"] = str(wait)
    return response


def _log(request: LoggedRequest, response: HttpResponse, user: User) -> None:
    access = request.access
    if response.status_code in (403, 404, 429):
        kind, persons = AccessKind.REFUSED, set()
    elif response.status_code >= 300 and (not (access.persons or access.names) or request.method == "POST"):
        # Nobody is shown; a change has been logged with what it wrote.
        return
    else:
        kind, persons = access.kind, access.persons
    match, request_id = request.resolver_match, getattr(request, "request_id", "")
    log_access(
        user=user,
        kind=kind,
        part=match.url_name or "" if match else "",
        persons=persons,
        reason=access.reason,
        note=access.note,
        request_id=request_id,
    )
    if kind != AccessKind.REFUSED and (names := access.names - persons):
        # The part of the page is nothing that was read about them.
        log_access(user=user, kind=AccessKind.READ, part=NAME_IN_LIST, persons=names, request_id=request_id)


class SecondFactorMiddleware:
    """Users without a second factor reach only the pages that set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: LoggedRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.user.is_authenticated:
            allowed = request.path_info.startswith(("/static/", "/halsa", "/logga-", "/konto/"))
            if not allowed and not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
        return self.get_response(request)
