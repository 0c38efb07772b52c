"""The one door to persons: what `visible_to` lets through, and the guard of every page about a case."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.dates import today
from participants.models import CaseAssignment, Enrolment, Participant
from projects.access import Roles, can
from projects.enums import Permission, Role
from projects.http import Request


@dataclass(frozen=True, slots=True)
class Scope:
    """What a user may read on a day: the organisation's own cases, by role and assignment.

    Reading by consent joins here in part two and nowhere else.
    """

    user: User
    on: date
    roles: Roles

    @classmethod
    def of(cls, user: User, on: date) -> "Scope":
        """The user's scope on the day."""
        return cls(user, on, Roles.of(user, on))

    def enrolments(self) -> Q:
        """The condition on an enrolment that lets this user read it."""
        owned = Q(owner_id=self.user.organisation_id, is_void=False)
        readable = Q(project_id__in=self.roles.project_ids(Permission.SEE_PERSONS))
        return owned & readable & (self._by_name() | self._by_unit())

    def _by_name(self) -> Q:
        """Assigned in person: the only way to a protected identity."""
        live = CaseAssignment.objects.active_on(self.on)
        return Q(pk__in=live.filter(user=self.user).values("enrolment"))

    def _by_unit(self) -> Q:
        """A coordinator reads the own organisation's cases, others those that the whole unit is assigned to."""
        coordinated = self.roles.with_role(Role.COORDINATOR)
        if set(coordinated) == set(self.roles.project_ids(Permission.SEE_PERSONS)):
            return ~self._protected()
        live = CaseAssignment.objects.active_on(self.on)
        unit = live.filter(user=None, organisation=self.user.organisation_id)
        return (Q(project_id__in=coordinated) | Q(pk__in=unit.values("enrolment"))) & ~self._protected()

    def _protected(self) -> Q:
        """A list of the few instead of a look at everybody: a count need not read any person."""
        protected = Participant.objects.protected().filter(organisation=self.user.organisation_id)
        return Q(participant__in=protected.values("pk"))


def case_page(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Guard a page about one enrolment: scope first, then permission in that project; the log is told.

    The view gets the enrolment, with participant, identity and project, instead of the id in the address.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, public_id: UUID, *args: object, **kwargs: object) -> HttpResponse:
            enrolment = get_object_or_404(
                Enrolment.objects.visible_to(request.user, on=today()).with_person(), public_id=public_id
            )
            if not can(request.user, permission, enrolment.project, on=today()):
                raise PermissionDenied
            request.project = enrolment.project
            request.access.shown([enrolment.participant])
            return view(request, enrolment, *args, **kwargs)

        return guarded

    return decorate
