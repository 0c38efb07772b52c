"""The roles and the current project of a request, loaded once."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse

from core.days.dates import today
from projects.access import Roles
from projects.http import ProjectRequest
from projects.models import Project


class ProjectMiddleware:
    """Set `request.roles` and `request.project`: the chosen one, else the first of the user's projects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ProjectRequest) -> HttpResponse:
        request.roles = Roles({}, ())
        project = None
        if request.user.is_authenticated:
            request.roles = Roles.of(request.user, today())
            project = _current(request)
        # None only on pages that belong to no project.
        request.project = cast(Project, project)
        return self.get_response(request)


def _current(request: ProjectRequest) -> Project | None:
    chosen = request.session.get("project")
    projects = request.roles.projects
    return next((project for project in projects if str(project.public_id) == chosen), next(iter(projects), None))
