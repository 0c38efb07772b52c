"""When the next contact must come, and when the first ones came, from plan and meetings."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Coalesce

from actionplans.enums import MeetingKind
from actionplans.meetings.booking import MeetingSaid, booked_on, coming_on, promised_on
from actionplans.models import Meeting, PlanRevision
from actionplans.models.meeting import MeetingQuerySet
from actionplans.plans.firsts import first_met_on, followed_up_on
from core.prepared.questions import prepared
from core.prepared.writes import update
from participants.enrolment.deadlines import first_due_on
from participants.models import Enrolment


def refresh_next_contact(enrolment: Enrolment) -> date | None:
    """Work out `Enrolment.next_contact_on` anew, the days of the first meeting and follow-up, and what is due first
    with them; part of the action that wrote a meeting or a plan, and has locked the case. Returns the day that is
    agreed for the next meeting.

    Another organisation's meetings are its own: a deadline that moved with them would tell of them. What was noted in
    an emergency moves none either.
    """
    said = _said(enrolment)
    enrolment.next_contact_on = _next_contact(enrolment, said)
    enrolment.first_met_on = first_met_on(said)
    enrolment.followed_up_on = followed_up_on(said, enrolment.planned_on)
    enrolment.first_due_on = first_due_on(enrolment, enrolment.project)
    update(enrolment, "next_contact_on", "first_met_on", "followed_up_on", "first_due_on")
    return booked_on(said)


def latest_revision(enrolment: Enrolment) -> PlanRevision | None:
    """The newest revision of the case's plan; None where there is no plan."""
    return next(iter(_revisions.ask(enrolment=enrolment.pk)), None)


def latest_contact(enrolment: Enrolment) -> Meeting | None:
    """The latest meeting with the participant that the owner of the case has noted outside an emergency.

    A no-show is none.
    """
    return (
        _meetings(enrolment, enrolment.owner_id)
        .filter(participant_present=True)
        .exclude(kind=MeetingKind.NO_SHOW)
        .last()
    )


def booked_meeting_on(enrolment: Enrolment) -> date | None:
    """The day that has been agreed for the next meeting, which may have passed; None where there is none. One query."""
    return booked_on(_said(enrolment))


def coming_meeting_on(enrolment: Enrolment, *, on: date) -> date | None:
    """The day of the next meeting as every page says it: agreed at the meetings of the case's owner, and not before the
    day `on`; None where none is, or once the case is over. For those who may read these meetings. One query at
    most."""
    return None if enrolment.is_over(on) else coming_on(_said(enrolment), on=on)


def next_contact_on(enrolment: Enrolment) -> date | None:
    """The last day for the next contact: late from the day after it.

    What was said last of a day decides, at a meeting or in the plan; what says nothing of it changes nothing. The day
    agreed with the participant stands until it is kept. Else the plan's own day if it is still to come, else the
    longest interval after the latest contact. Before the first contact: the plan's day, or the first follow-up. Before
    meeting and plan there is none: kartläggning and plan have deadlines of their own. Two queries.
    """
    return _next_contact(enrolment, _said(enrolment))


def _next_contact(enrolment: Enrolment, said: Sequence[MeetingSaid]) -> date | None:
    promised, revisions = promised_on(said), _revisions.ask(enrolment=enrolment.pk)
    revision = revisions[0] if revisions else None
    contact = max((meeting.held_on for meeting in said if meeting.is_contact), default=None)
    planned_on, planned_since = _planned(revisions, contact)
    if contact and not (planned_since and planned_since > contact):
        if promised:
            return promised
        if planned_on and planned_on > contact:
            return planned_on
        if revision is None or contact >= revision.concerns_on:
            return contact + timedelta(days=enrolment.project.follow_up_max_days)
    if revision and (planned_on or revision.is_complete):
        return planned_on or revision.concerns_on + timedelta(days=enrolment.project.first_follow_up_days)
    return contact + timedelta(days=enrolment.project.follow_up_max_days) if contact else None


def _planned(revisions: Sequence[PlanRevision], contact: date | None) -> tuple[date | None, date | None]:
    """The day that the plan has set for the next follow-up, and the day of the revision that first said so.

    Neither where no revision says anything, or where the latest contact has kept the day. A revision that says nothing
    of it leaves what stood before.
    """
    said = [(row.concerns_on, row.next_follow_up_on) for row in revisions if row.next_follow_up_on]
    planned_on = said[0][1] if said else None
    if planned_on is None or (contact and contact >= planned_on):
        return None, None
    return planned_on, [on for on, _ in takewhile(lambda row: row[1] == planned_on, said)][-1]


@prepared(enrolment=BigIntegerField())
def _revisions(*, enrolment: Any) -> QuerySet:
    """The revisions of the case's plan that stand, the newest first."""
    return PlanRevision.objects.filter(enrolment=enrolment).current().order_by("-number")


def _said(enrolment: Enrolment) -> list[MeetingSaid]:
    rows = _said_of_next.ask(enrolment=enrolment.pk, owner=enrolment.owner_id)
    return [
        MeetingSaid(on, next_on, cancels, *_contact(kind, is_there)) for on, next_on, cancels, kind, is_there in rows
    ]


def _contact(kind: str, is_there: bool) -> tuple[bool, bool]:
    """Whether a meeting was a contact with the participant, and whether it was a personal one."""
    is_contact = is_there and kind != MeetingKind.NO_SHOW
    return is_contact, is_contact and kind != MeetingKind.PHONE


@prepared(enrolment=BigIntegerField(), owner=BigIntegerField())
def _said_of_next(*, enrolment: Any, owner: Any) -> QuerySet:
    return _meetings(enrolment, owner).values_list(
        "concerns_on", "next_meeting_on", "cancels_next", "kind", "participant_present"
    )


def _meetings(enrolment: Any, owner: Any) -> MeetingQuerySet:
    """The meetings that move the case's deadline, in the order of their days and of writing."""
    own = Meeting.objects.filter(enrolment=enrolment, owner=owner, in_emergency=False)
    return own.current().order_by("concerns_on", Coalesce("first_id", "pk"))
