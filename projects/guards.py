from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from core.days.dates import today
from projects.access import can
from projects.enums import Permission
from projects.http import Request


def require_permission(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page of the current project."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponse:
            if not can(request.user, permission, request.project, on=today()):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
