"""Pages of a project: a permission in it, and nobody else."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from projects.enums import Permission
from projects.http import ProjectRequest


def require_permission(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page of the current project: 403 without the permission. The guarded view raises PermissionDenied."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: ProjectRequest, *args: object, **kwargs: object) -> HttpResponse:
            if permission not in request.roles.permissions(request.project):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
