"""The request as every view about persons gets it."""

from typing import TYPE_CHECKING

from projects.http import ProjectRequest

if TYPE_CHECKING:
    from participants.scope.scope import Scope


class Request(ProjectRequest):
    """A request with the scope of its user; only for type checkers."""

    scope: "Scope"
    # Whether the page is one of the few that a wrongly registered case still has.
    reaches_void: bool
