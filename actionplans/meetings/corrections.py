"""Putting a meeting right: a new version of everything but its note, or the whole meeting taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import day_faults, write_parties
from actionplans.models import Meeting, MeetingParagraph
from actionplans.plans.next_contact import refresh_next_contact
from actionplans.steps.actions import redate_assessment, withdraw_assessment
from core.actions import action, stamp, stamp_day
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.locking import lock_case
from participants.models import Enrolment
from projects.access import Roles
from projects.enums import Permission

TAKEN_BACK = "Mötet är redan återtaget."


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCorrection:
    """Everything that a meeting says but its note and the steps judged there, and why it is corrected."""

    kind: MeetingKind
    held_on: date
    why: str
    participant_present: bool = True
    users: Sequence[User] = ()
    organisations: Sequence[Organisation] = ()
    others: Sequence[str] = ()
    next_meeting_on: date | None = None
    cancels_next: bool = False


@action
def correct_meeting(*, meeting: Meeting, correction: MeetingCorrection, by: User) -> Meeting:
    """A new version of a meeting; the one before stays in the history. Steps judged there are judged on its day.

    Raises ChangedMeanwhile where the version is no longer the one that stands, and ValidationError for `held_on` and
    `next_meeting_on`.
    """
    case, old = _lock(meeting)
    if faults := day_faults(correction.held_on, correction.next_meeting_on, case, stamp_day()):
        raise ValidationError(faults)
    supersede(old)
    new = Meeting.objects.create(
        kind=correction.kind,
        concerns_on=correction.held_on,
        participant_present=correction.participant_present and correction.kind != MeetingKind.NO_SHOW,
        next_meeting_on=correction.next_meeting_on,
        cancels_next=correction.cancels_next,
        why=TextBody.objects.write(correction.why.strip()),
        recorded_by=by,
        **_of_the_same(old),
    )
    write_parties(new, correction.users, correction.organisations, correction.others)
    if correction.held_on != old.concerns_on:
        for assessment in new.judged():
            redate_assessment(assessment, old.concerns_on, correction.held_on, case, by)
    refresh_next_contact(case)
    log_change(by=by, part="meeting_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Take back a whole meeting, with its note and the steps judged there: nothing counts it from now on.

    The last version says so with the reason, and is itself superseded from the first moment, as an assessment that is
    taken back. Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where the
    version is no longer the one that stands.
    """
    case, old = _lock(meeting)
    if not may_take_back(by, old, case):
        raise PermissionDenied
    supersede(old)
    end = Meeting.objects.create(
        kind=old.kind,
        concerns_on=old.concerns_on,
        participant_present=old.participant_present,
        why=TextBody.objects.write(reason.strip()),
        taken_back=True,
        superseded_at=stamp(),
        recorded_by=by,
        **_of_the_same(old),
    )
    for note in MeetingParagraph.objects.current().filter(meeting=old.root_id):
        supersede(note)
    for assessment in old.judged():
        withdraw_assessment(assessment=assessment, reason=f"Mötet är återtaget. {reason.strip()}", by=by)
    refresh_next_contact(case)
    log_change(by=by, part="meeting_take_back", persons=[case.participant.public_id])
    return end


def may_take_back(user: User, meeting: Meeting, enrolment: Enrolment) -> bool:
    """Whether the user may take the meeting back, and read it afterwards: as its author, or as a coordinator of the
    organisation that wrote it."""
    if user.organisation_id != meeting.owner_id:
        return False
    author = meeting.first.recorded_by_id if meeting.first else meeting.recorded_by_id
    allowed = Roles.of(user, stamp_day()).permissions(enrolment.project)
    return Permission.ASSIGN in allowed or (author == user.pk and Permission.EDIT_CASE in allowed)


def _lock(meeting: Meeting) -> tuple[Enrolment, Meeting]:
    """The case, and the meeting's version in force, under the lock of the case. Raises ChangedMeanwhile."""
    case = lock_case(cast(Enrolment, meeting.enrolment))
    now = Meeting.objects.select_related("first").get(pk=meeting.pk)
    if now.superseded_at:
        raise ChangedMeanwhile
    return case, now


def _of_the_same(old: Meeting) -> dict[str, object]:
    """The columns that all versions of a meeting have in common, and those that tie the next one to it."""
    return {
        "enrolment_id": old.enrolment_id,
        "project_id": old.project_id,
        "owner_id": old.owner_id,
        "in_emergency": old.in_emergency,
        "first_id": old.root_id,
        "corrects": old,
    }
