"""When the next contact must come, from plan and meetings."""

from datetime import date, timedelta

from actionplans.enums import MeetingKind
from actionplans.models import Meeting, PlanRevision
from participants.models import Enrolment
from projects.models import Project


def refresh_next_contact(enrolment: Enrolment) -> None:
    """Work out `Enrolment.next_contact_on` anew; part of the action that wrote a meeting or a plan.

    Another organisation's meetings are its own: a deadline that moved with them would tell of them. What was noted in
    an emergency moves none either.
    """
    day = next_contact_on(enrolment.project, latest_revision(enrolment), latest_contact(enrolment))
    Enrolment.objects.filter(pk=enrolment.pk).update(next_contact_on=day)


def latest_revision(enrolment: Enrolment) -> PlanRevision | None:
    """The newest revision of the case's plan; None where there is no plan."""
    return PlanRevision.objects.filter(enrolment=enrolment).current().order_by("-number").first()


def latest_contact(enrolment: Enrolment) -> Meeting | None:
    """The latest meeting with the participant that the owner of the case has noted outside an emergency.

    A no-show is none.
    """
    return (
        Meeting.objects.filter(
            enrolment=enrolment, owner=enrolment.owner_id, participant_present=True, in_emergency=False
        )
        .exclude(kind=MeetingKind.NO_SHOW)
        .current()
        .order_by("-concerns_on", "-pk")
        .first()
    )


def next_contact_on(project: Project, revision: PlanRevision | None, meeting: Meeting | None) -> date | None:
    """The last day for the next contact: late from the day after it.

    After a meeting: the day agreed there, else the plan's own day if it is still to come, else the longest interval.
    After a newer plan: its own day, or the first follow-up. Before both there is none: kartläggning and plan have
    deadlines of their own. A no-show is no contact.
    """
    planned_on = revision.next_follow_up_on if revision else None
    if meeting and (revision is None or meeting.concerns_on >= revision.concerns_on):
        still_to_come = planned_on if planned_on and planned_on > meeting.concerns_on else None
        longest = meeting.concerns_on + timedelta(days=project.follow_up_max_days)
        return meeting.next_meeting_on or still_to_come or longest
    if revision and (planned_on or revision.is_complete):
        return planned_on or revision.concerns_on + timedelta(days=project.first_follow_up_days)
    return None
