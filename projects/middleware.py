"""The roles and the current project of a request, loaded once."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.days.dates import today
from core.http import by_script
from projects.access import Roles
from projects.address import address_in, enter, key_of
from projects.http import ProjectRequest
from projects.models import Project

# Pages of no project: the log-in, one's own account, and files without content about anybody.
# Pages about something with an id are in that thing's project, but these, which are looked for in the current one.
_LOOKED_FOR_IN_PROJECT = ("/rapporter/", "/import/")
_OUTSIDE = ("/logga-", "/konto/", "/glomt-losenord/", "/static/", "/halsa", "/utkast/", "/komponenter/")


class ProjectMiddleware:
    """Set `request.roles` and `request.project`: the project in the address, else the chosen one, else the first.

    A page that is opened without a project in its address leads on to the chosen project, for users of several. One
    that names a project in which the user has no role leads on without it; a form that does is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ProjectRequest) -> HttpResponse:
        request.roles = Roles({}, ())
        project = None
        if request.user.is_authenticated:
            request.roles = Roles.of(request.user, today())
            project = _current(request)
        # None only on pages that belong to no project, and for a form of a project that isn't the user's any more.
        request.project = cast(Project, project)
        return self.get_response(request)

    def process_view(
        self, request: ProjectRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Lead on a page that is opened; a form is answered where it was sent."""
        if not request.user.is_authenticated:
            return None
        is_opened = request.method == "GET" and not by_script(request)
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        if is_opened and request.project_key and request.project is None:
            return HttpResponseRedirect(request.path_info + query)
        is_outside = request.path_info.startswith(_OUTSIDE)
        has_own = "public_id" in kwargs and not request.path_info.startswith(_LOOKED_FOR_IN_PROJECT)
        leads_on = is_opened and not (request.project_key or is_outside or has_own)
        if leads_on and len(request.roles.projects) > 1:
            return HttpResponseRedirect(address_in(request.project, request.path_info) + query)
        if request.project and not is_outside:
            enter(request, request.project)
        return None


def _current(request: ProjectRequest) -> Project | None:
    projects = request.roles.projects
    if request.project_key:
        return next((project for project in projects if key_of(project) == request.project_key), None)
    chosen = request.session.get("project")
    return next((project for project in projects if str(project.public_id) == chosen), next(iter(projects), None))
