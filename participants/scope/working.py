"""Who works with a case: by name, with the whole unit, as the project's coordinator, or opened in an emergency.

The rule stands here twice, and nowhere else: as conditions for the database (`Working`), and as questions to
assignments that are read already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from participants.models import CaseAssignment, EmergencyAccess, Enrolment
from projects.access import Roles
from projects.enums import Permission, Role


@dataclass(frozen=True, slots=True)
class Working:
    """The cases that a user works with on a day, by each way there is: keys of enrolments, for `pk__in`. No query."""

    user: User
    on: date
    roles: Roles

    def by_name(self) -> QuerySet:
        """Assigned to the user in person, in whatever role."""
        return CaseAssignment.objects.on(self.on).filter(user=self.user).values("enrolment")

    def by_unit(self) -> QuerySet:
        """Assigned to the whole unit of the user's organisation."""
        live = CaseAssignment.objects.on(self.on)
        return live.filter(user=None, organisation=self.user.organisation_id).values("enrolment")

    def assigned(self) -> QuerySet:
        """By name or by unit. One list of both, which a database begins with; see `Scope._worked_on`."""
        return self.by_name().union(self.by_unit(), all=True)

    def in_emergency(self) -> QuerySet:
        """Opened by the user within the last hour, with a reason: of the own organisation's alone."""
        live = EmergencyAccess.objects.live_at(timezone.now()).filter(user=self.user)
        return live.filter(enrolment__owner=self.user.organisation_id).values("enrolment")

    def coordinated(self) -> list[int]:
        """The projects whose cases the user works with as coordinator."""
        return self.roles.with_role(Role.COORDINATOR)


def is_named(user: User, assignments: Iterable[CaseAssignment]) -> bool:
    """Whether one of these assignments is the user's own."""
    return any(row.user_id == user.pk for row in assignments)


def is_of_unit(user: User, assignments: Iterable[CaseAssignment]) -> bool:
    """Whether one of these assignments is the whole unit's where the user works."""
    return any(row.user_id is None and row.organisation_id == user.organisation_id for row in assignments)


def is_assigned(user: User, enrolment: Enrolment, assignments: Iterable[CaseAssignment]) -> bool:
    """Whether the user works with the case by name or by unit; with somebody protected by name alone."""
    rows = list(assignments)
    return is_named(user, rows) or (not enrolment.participant.is_protected and is_of_unit(user, rows))


def decides(user: User, enrolment: Enrolment, assignments: Iterable[CaseAssignment], allowed: Iterable[str]) -> bool:
    """Whether the user lets others into a case of the own organisation: whoever hands out cases, and case workers in
    cases that they are assigned to. `allowed`: what the user's roles in the project allow."""
    permissions = set(allowed)
    if Permission.ASSIGN in permissions:
        return True
    return Permission.EDIT_CASE in permissions and is_assigned(user, enrolment, assignments)
