"""The request as every view behind the log-in gets it."""

from django.http import HttpRequest

from accounts.access_log import PageAccess
from accounts.models import User
from projects.access import Roles
from projects.models import Project


class Request(HttpRequest):
    """What the middleware has put on it: somebody logged in, their roles, the current project, and the page's log.

    Only for type checkers: the object is Django's own. `project` is None for those who are in no project; pages of a
    project are guarded by a permission, which nobody has without one.
    """

    user: User
    roles: Roles
    project: Project
    access: PageAccess
    request_id: str
