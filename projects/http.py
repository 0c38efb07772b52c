"""The request as every view behind the log-in gets it."""

from typing import TYPE_CHECKING

from accounts.http import LoggedRequest

if TYPE_CHECKING:
    from projects.access import Roles
    from projects.models import Project


class ProjectRequest(LoggedRequest):
    """Django's request with the attributes that middleware sets. For type checkers alone.

    `project` is None for users who are in no project. No view sees that: pages of a project are guarded by a
    permission, which nobody has without a project.
    """

    roles: "Roles"
    project: "Project"
    # What the address names the project by; empty where it names none.
    project_key: str
