"""Putting a delmål right: what is said of it corrected, or the whole delmål taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus
from actionplans.plans.standing import refresh_plan
from core.actions import action, stamp_day
from core.models import TextBody
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.words import Noun
from participants.models import Enrolment

MILESTONE: Final = Noun("delmålet", "återtaget", "rättat")


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneCorrection:
    """Everything that is said of a delmål, and why it is corrected. `since` is the day from which it is so."""

    text: str
    since: date
    why: str
    due_on: date | None = None
    state: MilestoneState = MilestoneState.PLANNED
    dropped_because: str = ""


def day_faults(since: date, enrolment: Enrolment, on: date) -> dict[str, str]:
    """Faults of the day of a delmål's state, in words by field; empty when it is right. `on` is today."""
    if since > on:
        return {"since": "Dagen kan inte ligga i framtiden."}
    if since < enrolment.enrolled_on:
        return {"since": "Dagen kan inte ligga före inskrivningen."}
    return {}


@action
def correct_milestone(*, status: MilestoneStatus, correction: MilestoneCorrection, by: User) -> MilestoneStatus:
    """Correct the state of a delmål in the plan that says it; the one before stays in the history.

    Raises ChangedMeanwhile where something else is said of it by now, and ValidationError for `since`.
    """
    case, old = lock_version(status)
    if faults := day_faults(correction.since, case, stamp_day()):
        raise ValidationError(faults)
    is_dropped = correction.state == MilestoneState.DROPPED
    new = next_version(
        old,
        correction.why,
        by,
        text=TextBody.objects.write(correction.text.strip()),
        concerns_on=correction.since,
        due_on=correction.due_on,
        state=correction.state,
        dropped_because=TextBody.objects.write(correction.dropped_because.strip()) if is_dropped else None,
    )
    refresh_plan(case)
    log_change(by=by, part="milestone_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_milestone(*, status: MilestoneStatus, reason: str, by: User) -> MilestoneStatus:
    """Take back a delmål that was written by mistake: no plan has had it. One that is given up is dropped instead.

    Raises PermissionDenied for others than its author and the coordinators, and ChangedMeanwhile where something else
    is said of it by now.
    """
    case, old = lock_version(status)
    require_author(old, case, by)
    # It is said of the delmål, whatever becomes of the revision that said the rest.
    end = last_version(old, reason, by, revision=None)
    refresh_plan(case)
    log_change(by=by, part="milestone_take_back", persons=[case.participant.public_id])
    return end
