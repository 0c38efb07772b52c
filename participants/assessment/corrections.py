"""Putting a kartläggning right: a new version of it, or the whole of it taken back."""

from datetime import date
from typing import Final

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.models import TextBody
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.words import Noun
from participants.areas.whose import supersede_answers
from participants.assessment.actions import check_day, refresh_assessed
from participants.models import Assessment

ASSESSMENT: Final = Noun("kartläggningen", "återtagen", "rättad")


@action
def correct_assessment(
    *, assessment: Assessment, completed_on: date, summary: str = "", why: str, by: User
) -> Assessment:
    """A new version of a kartläggning; the one before stays in the history, and its day no longer counts.

    Raises ChangedMeanwhile where the version is no longer the one that stands, and ValidationError for `completed_on`
    before the enrolment.
    """
    case, old = lock_version(assessment)
    check_day(completed_on, case)
    body = TextBody.objects.write(summary) if summary else None
    new = next_version(old, why, by, concerns_on=completed_on, summary=body)
    refresh_assessed(case)
    log_change(by=by, part="assessment_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_assessment(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """Take back a whole kartläggning, with its areas: nothing counts it from now on.

    The last version says so with the reason, and is itself superseded from the first moment. Raises PermissionDenied
    for others than its author and the coordinators, ChangedMeanwhile where the version is no longer the one that
    stands.
    """
    case, old = lock_version(assessment)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    if old.work:
        supersede_answers(old.work)
    refresh_assessed(case)
    log_change(by=by, part="assessment_take_back", persons=[case.participant.public_id])
    return end
