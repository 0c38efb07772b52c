"""The request as every view behind the log-in gets it."""

from typing import TYPE_CHECKING

from accounts.http import LoggedRequest

if TYPE_CHECKING:
    from projects.access import Roles
    from projects.models import Project


class ProjectRequest(LoggedRequest):
    """What the middleware has put on Django's own request; only for type checkers.

    `project` is None for those who are in no project, though a view never sees it: pages of a project are guarded by
    a permission, which nobody has without one.
    """

    roles: "Roles"
    project: "Project"
