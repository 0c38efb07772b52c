"""When the next contact must come, from plan and meetings."""

from datetime import date, timedelta
from itertools import takewhile

from django.db.models.functions import Coalesce

from actionplans.enums import MeetingKind
from actionplans.meetings.booking import MeetingSaid, booked_on, promised_on
from actionplans.models import Meeting, PlanRevision
from actionplans.models.meeting import MeetingQuerySet
from participants.models import Enrolment


def refresh_next_contact(enrolment: Enrolment) -> None:
    """Work out `Enrolment.next_contact_on` anew; part of the action that wrote a meeting or a plan.

    Another organisation's meetings are its own: a deadline that moved with them would tell of them. What was noted in
    an emergency moves none either.
    """
    Enrolment.objects.filter(pk=enrolment.pk).update(next_contact_on=next_contact_on(enrolment))


def latest_revision(enrolment: Enrolment) -> PlanRevision | None:
    """The newest revision of the case's plan; None where there is no plan."""
    return PlanRevision.objects.filter(enrolment=enrolment).current().order_by("-number").first()


def latest_contact(enrolment: Enrolment) -> Meeting | None:
    """The latest meeting with the participant that the owner of the case has noted outside an emergency.

    A no-show is none.
    """
    return _meetings(enrolment).filter(participant_present=True).exclude(kind=MeetingKind.NO_SHOW).last()


def booked_meeting_on(enrolment: Enrolment) -> date | None:
    """The day that has been agreed for the next meeting, which may have passed; None where there is none. One query."""
    return booked_on(_said(enrolment))


def next_contact_on(enrolment: Enrolment) -> date | None:
    """The last day for the next contact: late from the day after it.

    What was said last of a day decides, at a meeting or in the plan; what says nothing of it changes nothing. The day
    agreed with the participant stands until it is kept. Else the plan's own day if it is still to come, else the
    longest interval after the latest contact. Before the first contact: the plan's day, or the first follow-up. Before
    meeting and plan there is none: kartläggning and plan have deadlines of their own. Four queries at most.
    """
    said = _said(enrolment)
    promised, revision = promised_on(said), latest_revision(enrolment)
    contact = max((meeting.held_on for meeting in said if meeting.is_contact), default=None)
    planned_on, planned_since = _planned(revision, contact) if revision else (None, None)
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


def _planned(revision: PlanRevision, contact: date | None) -> tuple[date | None, date | None]:
    """The day that the plan has set for the next follow-up, and the day of the revision that first said so.

    Neither where no revision says anything, or where the latest contact has kept the day. A revision that says nothing
    of it leaves what stood before.
    """
    standing = PlanRevision.objects.filter(plan=revision.plan_id).current()
    until_now = standing.filter(number__lte=revision.number).order_by("-number")
    said = list(until_now.exclude(next_follow_up_on=None).values_list("concerns_on", "next_follow_up_on"))
    planned_on = said[0][1] if said else None
    if planned_on is None or (contact and contact >= planned_on):
        return None, None
    return planned_on, [on for on, _ in takewhile(lambda row: row[1] == planned_on, said)][-1]


def _said(enrolment: Enrolment) -> list[MeetingSaid]:
    rows = _meetings(enrolment).values_list(
        "concerns_on", "next_meeting_on", "cancels_next", "kind", "participant_present"
    )
    return [
        MeetingSaid(on, next_on, cancels, is_there and kind != MeetingKind.NO_SHOW)
        for on, next_on, cancels, kind, is_there in rows
    ]


def _meetings(enrolment: Enrolment) -> MeetingQuerySet:
    """The meetings that move the case's deadline, in the order of their days and of writing."""
    own = Meeting.objects.filter(enrolment=enrolment, owner=enrolment.owner_id, in_emergency=False)
    return own.current().order_by("concerns_on", Coalesce("first_id", "pk"))
