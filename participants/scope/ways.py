"""The way by which a user was let into a case; the strongest counts. In an emergency one may read and write notes,
nothing else; by what one's own organisation has written there one may read that, and put it right.

`participants.guards.open_case` asks here for every page, also one whose address names no case; the access log asks here
once more for every write, so that no other road leads to the same change.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from core.actions import stamp_day
from core.prepared.questions import prepared
from participants.models import EmergencyAccess, Enrolment
from participants.scope.reading import CaseReading
from participants.scope.scope import Scope
from participants.scope.working import is_named, is_of_unit
from projects.enums import Permission

_READS_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})
# The permissions that remain in a case that is open by an emergency alone, or by one's own organisation's words alone.
_TO_READ = frozenset({Permission.SEE_PERSONS})
# Parts (by their names in the log) that such a user may write: the opening itself, and texts.
# An app above adds its own at start.
written_in_emergency = {"emergency_open", "emergency_seen", "kept_note"}

View = TypeVar("View", bound=Callable[..., object])


class Way(StrEnum):
    """A way into a case, the strongest first; a column each in docs/access.md."""

    ASSIGNED = "assigned"
    UNIT = "unit"
    COORDINATOR = "coordinator"
    CONSENT = "consent"
    # No consent opens anything any more: only what the own organisation has written there before.
    AFTERWARDS = "afterwards"
    EMERGENCY = "emergency"
    # A supervisor reads the placement, but opens no case by it.
    SUPERVISOR = "supervisor"


class NothingOpensItError(PermissionDenied):
    """Somebody would write in another organisation's case, though no consent opens it to them any more."""

    def __init__(self) -> None:
        super().__init__(
            "Inget samtycke gäller längre för er i det här ärendet. Ni kan läsa det som ni själva har skrivit här, men "
            "inte skriva in något nytt. Fråga den som har ärendet om deltagaren har lämnat ett nytt samtycke."
        )


def way_into(scope: Scope, enrolment: Enrolment, reading: CaseReading) -> Way:
    """The strongest way by which the user was let into this case; `at_work` must have been read on the enrolment. For
    another organisation's case it is consent, even if the user is named in it, or what is left without one."""
    user = scope.user
    if not reading.is_own:
        return Way.CONSENT if reading.granted else Way.AFTERWARDS
    if is_named(user, enrolment.at_work):
        return Way.ASSIGNED
    if is_of_unit(user, enrolment.at_work):
        return Way.UNIT
    is_coordinator = enrolment.project_id in scope.working.coordinated()
    # The scope lets through only by one of these ways: if no other fits, it was the last.
    return Way.COORDINATOR if is_coordinator else Way.EMERGENCY


def allowed_in(scope: Scope, enrolment: Enrolment, way: Way) -> frozenset[Permission]:
    """The permissions that the user's roles give in this case, when let in by this way."""
    allowed = scope.roles.permissions(enrolment.project)
    return allowed & _TO_READ if way in (Way.EMERGENCY, Way.AFTERWARDS) else allowed


def taken_in_emergency(view: View) -> View:
    """Decorator: the page's form may be sent also by a user who has the case open by an emergency alone."""
    view.taken_in_emergency = True  # type: ignore[attr-defined]
    return view


def refuse_form(request: HttpRequest, way: Way) -> None:
    """Refuse a form that was sent by a user with an emergency as the only way in, unless the page is marked by
    `taken_in_emergency`.

    Raises PermissionDenied. New pages need no mark to be closed.
    """
    is_sent = way is Way.EMERGENCY and request.method not in _READS_ONLY
    match = request.resolver_match
    if is_sent and not (match and getattr(match.func, "taken_in_emergency", False)):
        raise PermissionDenied


def require_allowed(request: HttpRequest, enrolment: Enrolment, permission: Permission) -> None:
    """Refuse what the user's way into the case doesn't let the user do there, though the roles do.

    Afterwards that is every form, and every page that asks for one: a page that only puts right what is written
    already doesn't ask here. Raises PermissionDenied, afterwards NothingOpensItError, which says why.
    """
    is_closed = permission not in enrolment.allowed
    if enrolment.way is Way.AFTERWARDS and (is_closed or request.method not in _READS_ONLY):
        raise NothingOpensItError
    if is_closed:
        raise PermissionDenied


def is_in_emergency_alone(user: User, enrolment: Enrolment) -> bool:
    """Whether an emergency is the user's only way into the case now, even if other cases of the person are open to the
    user. One query for most users."""
    if not _live.ask(user=user.pk, enrolment=enrolment.pk, moment=timezone.now()):
        return False
    return not Enrolment.objects.lasting_to(Scope.of(user, stamp_day())).filter(pk=enrolment.pk).exists()


@prepared(user=BigIntegerField(), enrolment=BigIntegerField(), moment=DateTimeField())
def _live(*, user: Any, enrolment: Any, moment: Any) -> QuerySet[EmergencyAccess, Any]:
    return EmergencyAccess.objects.live_at(moment).filter(user=user, enrolment=enrolment).values_list("pk")


def refuse_write(by: User, part: str, persons: Iterable[UUID]) -> None:
    """Refuse a write about persons in a case that is open to the user by an emergency alone, even when it came from a
    page that doesn't name the case.

    Called by every action that logs a change. Raises PermissionDenied, which takes the change back.
    """
    if part not in written_in_emergency and _in_emergency_alone(by, persons):
        raise PermissionDenied


def _in_emergency_alone(user: User, persons: Iterable[UUID]) -> set[UUID]:
    live = EmergencyAccess.objects.live_at(timezone.now()).filter(user=user)
    opened = set(live.values_list("enrolment__participant__public_id", flat=True)) & set(persons)
    if not opened:
        return set()
    lasting = Enrolment.objects.lasting_to(Scope.of(user, stamp_day())).filter(participant__public_id__in=opened)
    return opened - set(lasting.values_list("participant__public_id", flat=True))
