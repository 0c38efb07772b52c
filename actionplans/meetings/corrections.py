"""Putting a meeting right: a new version of everything but its note, or the whole meeting taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import day_faults, write_parties
from actionplans.models import Meeting, MeetingParagraph
from actionplans.plans.next_contact import refresh_next_contact
from actionplans.steps.actions import redate_assessment, withdraw_assessment
from core.actions import action, stamp_day
from core.facts import supersede
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.words import Noun

MEETING: Final = Noun("mötet", "återtaget", "rättat")


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
    case, old = lock_version(meeting)
    if faults := day_faults(correction.held_on, correction.next_meeting_on, case, stamp_day()):
        raise ValidationError(faults)
    new = next_version(
        old,
        correction.why,
        by,
        kind=correction.kind,
        concerns_on=correction.held_on,
        participant_present=correction.participant_present and correction.kind != MeetingKind.NO_SHOW,
        next_meeting_on=correction.next_meeting_on,
        cancels_next=correction.cancels_next,
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
    case, old = lock_version(meeting)
    require_author(old, case, by)
    end = last_version(old, reason, by, next_meeting_on=None, cancels_next=False)
    for note in MeetingParagraph.objects.current().filter(meeting=old.root_id):
        supersede(note)
    for assessment in old.judged():
        withdraw_assessment(assessment=assessment, reason=f"Mötet är återtaget. {reason.strip()}", by=by)
    refresh_next_contact(case)
    log_change(by=by, part="meeting_take_back", persons=[case.participant.public_id])
    return end
