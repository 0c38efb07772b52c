"""Who may do what in which project: roles are data, one function decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, DateField, QuerySet

from accounts.enums import Duty
from accounts.models import User
from core.prepared.questions import prepared
from core.swedish.keys import sort_key
from projects.enums import Permission, Role
from projects.models import Membership, Project

P = Permission
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CASE_WORKER: frozenset(
        {
            P.SEE_PERSONS,
            P.EDIT_CASE,
            P.ENROL,
            P.SEE_FIGURES,
            P.SEE_PROJECT,
            P.EXPORT_PDF,
            P.EXPORT_JSON,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            P.SEE_PERSONS,
            P.ENROL,
            P.RECEIVE,
            P.ASSIGN,
            P.IMPORT,
            P.ACCEPT_PROPOSALS,
            P.SEE_FIGURES,
            P.SEE_PROJECT_FIGURES,
            P.SEE_REPORTS,
            P.RELEASE_FIGURES,
            P.SEE_PROJECT,
            P.EXPORT_PDF,
            P.EXPORT_JSON,
        }
    ),
    Role.PROJECT_LEADER: frozenset(
        {
            P.SEE_FIGURES,
            P.SEE_PROJECT_FIGURES,
            P.EDIT_PROJECT,
            P.EDIT_REPORTS,
            P.SEE_REPORTS,
            P.SEE_PROJECT,
            P.EXPORT_PDF,
        }
    ),
    Role.STEERING_GROUP: frozenset({P.SEE_REPORTS, P.EXPORT_PDF}),
    Role.SUPERVISOR: frozenset({P.SEE_PLACEMENTS}),
}


RolesShape = tuple[tuple[int, frozenset[Role]], ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """A user's roles on a day by project, and the projects in the order of their names."""

    by_project: Mapping[int, frozenset[Role]]
    projects: tuple[Project, ...]

    @classmethod
    def of(cls, user: User, on: date) -> "Roles":
        """The roles that hold on the day. One query; none for those whose duty isn't case work."""
        if user.duty != Duty.CASE_WORK or not user.is_active:
            return cls({}, ())
        rows = _memberships.ask(user=user.pk, on=on)
        found: dict[int, set[Role]] = {}
        for row in rows:
            found.setdefault(row.project_id, set()).add(Role(row.role))
        rows.sort(key=lambda row: sort_key(row.project.name))
        projects = {row.project_id: row.project for row in rows}
        return cls({key: frozenset(value) for key, value in found.items()}, tuple(projects.values()))

    @property
    def shape(self) -> "RolesShape":
        """The roles by project without the projects' rows: what changes the words of a question."""
        return tuple(self.by_project.items())

    def permissions(self, project: Project | None) -> frozenset[Permission]:
        """The union of what the roles in a project allow."""
        roles = self.by_project.get(project.pk, frozenset()) if project else frozenset()
        return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))

    def project_ids(self, permission: Permission) -> list[int]:
        """Projects in which some role allows the permission."""
        return [
            project
            for project, roles in self.by_project.items()
            if any(permission in ROLE_PERMISSIONS[role] for role in roles)
        ]

    def with_role(self, role: Role) -> list[int]:
        """Projects in which the user has the role."""
        return [project for project, roles in self.by_project.items() if role in roles]


def can(user: User, permission: Permission, project: Project | None, *, on: date) -> bool:
    """Whether the user may do this in the project on the day. One query."""
    return permission in Roles.of(user, on).permissions(project)


@prepared(user=BigIntegerField(), on=DateField())
def _memberships(*, user: Any, on: Any) -> QuerySet:
    return Membership.objects.filter(user=user).on(on).select_related("project").order_by("pk")
