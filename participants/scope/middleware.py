"""The scope of a request, made once."""

from collections.abc import Callable

from django.http import HttpResponse

from core.days.dates import today
from participants.http import Request
from participants.scope.scope import Scope


class ScopeMiddleware:
    """Set `request.scope` from the roles that `ProjectMiddleware` has read. No query."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.scope = Scope(request.user, today(), request.roles)
        return self.get_response(request)
