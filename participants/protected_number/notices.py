"""Notices to the user responsible for a protected person: that a colleague tried to write down the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.prepared.questions import prepared
from core.swedish.words import moment
from participants.models import Enrolment, ProtectedNotice
from participants.scope.scope import Scope
from projects.enums import Role


def unseen_notices(scope: Scope) -> list[ProtectedNotice]:
    """Notices for the user that nobody has seen, the latest first. One query where there can be none, as nearly always;
    else two.

    A notice that another person has the number too goes to the coordinators if nobody is responsible for that person.
    """
    if not _first_unseen.ask(user=scope.user.pk):
        return []
    rows = ProtectedNotice.objects.filter(Q(told=scope.user) | _without_responsible(scope), seen_at=None)
    return list(rows.select_related("asked_by", "participant__identity").order_by("-asked_at", "-pk"))


@prepared(user=BigIntegerField())
def _first_unseen(*, user: Any) -> QuerySet:
    """The first that is for the user, or for the coordinators of any project."""
    rows = ProtectedNotice.objects.filter(Q(told=user) | Q(told=None, same_number=True), seen_at=None)
    return rows.values_list("pk")[:1]


def _without_responsible(scope: Scope) -> Q:
    projects = scope.roles.with_role(Role.COORDINATOR)
    if not projects:
        return Q(pk__in=[])
    here = Enrolment.objects.filter(participant=OuterRef("participant"), project__in=projects)
    theirs = Q(Exists(here), participant__organisation=scope.user.organisation_id)
    return Q(told=None, same_number=True) & theirs


SET_IT_HERE = "Är det samma person, sätt skydd här också."


@dataclass(frozen=True, slots=True)
class ProtectedLine:
    """A notice as the start page says it. Who the person is stands there while the user may still open the case."""

    key: str
    text: str
    person: str
    url: str

    @classmethod
    def each(cls, notices: list[ProtectedNotice], scope: Scope) -> list[Self]:
        """The lines of some notices. One query, where there are any."""
        people = [notice.participant_id for notice in notices]
        visible: Iterable[Enrolment] = ()
        if people:
            visible = Enrolment.objects.visible_to(scope).filter(participant__in=people)
        open_to_user = {enrolment.participant_id for enrolment in visible}
        return [cls._of(notice, notice.participant_id in open_to_user) for notice in notices]

    @classmethod
    def _of(cls, notice: ProtectedNotice, is_open: bool) -> Self:
        when, participant = moment(notice.asked_at), notice.participant
        text = f"{notice.asked_by} ville skriva in personens nummer {when}."
        if notice.same_number:
            text = f"{notice.asked_by} satte skydd {when} på någon med samma personnummer. {SET_IT_HERE}"
        person = participant.alias if participant.is_protected else participant.identity.name
        return cls(str(notice.public_id), text, *((person, participant.get_absolute_url()) if is_open else ("", "")))


@action
def see_notice(*, notice: ProtectedNotice, by: User) -> None:
    """Take it off the user's start page."""
    ProtectedNotice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=stamp())
    log_change(by=by, part="protected_notice_seen", persons=[notice.participant.public_id])
