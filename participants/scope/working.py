"""Who works with a case: by name, with the whole unit, as the project's coordinator, or opened in an emergency.

The rule is written here twice and nowhere else: as conditions for the database (`Working`), and as functions over
assignments that have been read already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from participants.models import CaseAssignment, EmergencyAccess, Enrolment
from projects.access import Roles
from projects.enums import Permission, Role


@dataclass(frozen=True, slots=True)
class Working:
    """The cases that a user works with on a day, by each way there is. Each method gives keys of enrolments for
    `pk__in` and makes no query of its own."""

    user: User
    on: date
    roles: Roles
    # The moment at which an emergency must hold; None for the moment of asking.
    moment: datetime | None = None

    def by_name(self) -> QuerySet:
        """Keys of enrolments to which the user is assigned in person, in any role."""
        return CaseAssignment.objects.on(self.on).filter(user=self.user.pk).values("enrolment")

    def by_unit(self) -> QuerySet:
        """Keys of enrolments that are assigned to the whole unit of the user's organisation."""
        live = CaseAssignment.objects.on(self.on)
        return live.filter(user=None, organisation=self.user.organisation_id).values("enrolment")

    def assigned(self) -> QuerySet:
        """Keys of enrolments to which the user is assigned, by name or with the unit: one UNION ALL, which a database
        can start from; see `Scope._worked_on`."""
        return self.by_name().union(self.by_unit(), all=True)

    def in_emergency(self) -> QuerySet:
        """Keys of the own organisation's enrolments that the user has opened in an emergency within the last hour."""
        moment = timezone.now() if self.moment is None else self.moment
        live = EmergencyAccess.objects.live_at(moment).filter(user=self.user.pk)
        return live.filter(enrolment__owner=self.user.organisation_id).values("enrolment")

    def coordinated(self) -> list[int]:
        """Keys of the projects that the user coordinates, and so works with every case of."""
        return self.roles.with_role(Role.COORDINATOR)


def is_named(user: User, assignments: Iterable[CaseAssignment]) -> bool:
    """Whether one of these assignments is the user's own."""
    return any(row.user_id == user.pk for row in assignments)


def is_of_unit(user: User, assignments: Iterable[CaseAssignment]) -> bool:
    """Whether one of these assignments is the whole unit's where the user works."""
    return any(row.user_id is None and row.organisation_id == user.organisation_id for row in assignments)


def is_assigned(user: User, enrolment: Enrolment, assignments: Iterable[CaseAssignment]) -> bool:
    """Whether the user is assigned to the case, by name or with the unit; to a protected person's case by name
    alone."""
    rows = list(assignments)
    return is_named(user, rows) or (not enrolment.participant.is_protected and is_of_unit(user, rows))


def decides(user: User, enrolment: Enrolment, assignments: Iterable[CaseAssignment], allowed: Iterable[str]) -> bool:
    """Whether the user may let others into a case of the own organisation: as one who hands out cases, or as a case
    worker who is assigned to it. `allowed` holds the permissions of the user's roles in the project."""
    permissions = set(allowed)
    if Permission.ASSIGN in permissions:
        return True
    return Permission.EDIT_CASE in permissions and is_assigned(user, enrolment, assignments)
