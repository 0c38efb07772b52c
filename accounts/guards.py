"""Pages of a duty: only users who have it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from accounts.enums import Duty
from accounts.http import LoggedRequest


def require_duty(duty: Duty) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page that belongs to no project: 403 without the duty. The guarded view raises PermissionDenied."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: LoggedRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.user.duty != duty:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
