"""Notices to the users who answer for a case that somebody has opened in an emergency."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.days.dates import STOCKHOLM, stockholm_day
from core.prepared.questions import prepared
from core.swedish.words import day, day_relative
from participants.models import EmergencyNotice, Enrolment
from participants.scope.scope import Scope


def unseen_notices(scope: Scope) -> list[EmergencyNotice]:
    """Notices that the user hasn't seen, the latest first, also of a case that has closed or been found wrong since.
    One query where there are none, as nearly always; building the long one takes Python longer than all else of the
    start page.

    Each carries as `is_readable` whether the user may still read the case, or reaches it among the wrongly registered.
    """
    user = scope.user
    rows = EmergencyNotice.objects.filter(user=user, seen_at=None, opening__owner=user.organisation_id)
    if not _first_unseen.ask(user=user.pk, organisation=user.organisation_id):
        return []
    readable = Enrolment.objects.own_with_void_to(scope).filter(pk=OuterRef("opening__enrolment"))
    rows = rows.annotate(is_readable=Exists(readable))  # type: ignore[no-redef]
    people = ("opening__user", "opening__reason", "opening__enrolment__participant__identity")
    return list(rows.select_related(*people).order_by("-opening__recorded_at"))


@prepared(user=BigIntegerField(), organisation=BigIntegerField())
def _first_unseen(*, user: Any, organisation: Any) -> QuerySet:
    rows = EmergencyNotice.objects.filter(user=user, seen_at=None, opening__owner=organisation)
    return rows.values_list("pk")[:1]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as the start page says it."""

    key: str
    text: str
    reason: str
    person: str
    url: str

    @classmethod
    def of(cls, notice: EmergencyNotice, on: date) -> "NoticeLine":
        """«Hanna Lindqvist öppnade ett ärende i nödläge i dag 13.32»; why, and whose, where the case may be read."""
        opening = notice.opening
        case, is_readable = opening.enrolment, notice.is_readable
        return cls(
            key=str(notice.public_id),
            text=f"{opening.user} öppnade ett ärende i nödläge {_moment(opening.recorded_at, on)}",
            reason=opening.reason.text if is_readable else "",
            person=case.participant.identity.name if is_readable else "",
            url=case.get_absolute_url() if is_readable else "",
        )


def _moment(moment: datetime, on: date) -> str:
    """«i dag 13.32», «22 november 2026 13.32»."""
    that_day = stockholm_day(moment)
    near = day_relative(that_day, on) if abs((on - that_day).days) < 2 else day(that_day)
    return f"{near} {moment.astimezone(STOCKHOLM):%H.%M}"


@action
def see_notice(*, notice: EmergencyNotice, by: User) -> None:
    """Take it off the user's start page."""
    EmergencyNotice.objects.filter(pk=notice.pk, user=by, seen_at=None).update(seen_at=stamp())
    log_change(by=by, part="emergency_seen", persons=[notice.opening.enrolment.participant.public_id])
