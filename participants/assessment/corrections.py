"""Putting a kartläggning right: a new version of it, or the whole of it taken back."""

from datetime import date

from django.core.exceptions import PermissionDenied

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.amending.who import may_take_back
from participants.assessment.actions import check_day, refresh_assessed
from participants.locking import lock_case
from participants.models import Assessment, Enrolment


@action
def correct_assessment(
    *, assessment: Assessment, completed_on: date, summary: str = "", why: str, by: User
) -> Assessment:
    """A new version of a kartläggning; the one before stays in the history, and its day no longer counts.

    Raises ChangedMeanwhile where the version is no longer the one that stands, and ValidationError for `completed_on`
    before the enrolment.
    """
    case, old = _lock(assessment)
    check_day(completed_on, case)
    supersede(old)
    new = _next(
        old,
        concerns_on=completed_on,
        summary=TextBody.objects.write(summary) if summary else None,
        why=TextBody.objects.write(why.strip()),
        recorded_by=by,
    )
    refresh_assessed(case)
    log_change(by=by, part="assessment_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_assessment(*, assessment: Assessment, reason: str, by: User) -> Assessment:
    """Take back a whole kartläggning: nothing counts it from now on.

    The last version says so with the reason, and is itself superseded from the first moment. Raises PermissionDenied
    for others than its author and the coordinators, ChangedMeanwhile where the version is no longer the one that
    stands.
    """
    case, old = _lock(assessment)
    if not may_take_back(by, old, case):
        raise PermissionDenied
    supersede(old)
    end = _next(
        old,
        concerns_on=old.concerns_on,
        summary=old.summary,
        why=TextBody.objects.write(reason.strip()),
        taken_back=True,
        superseded_at=stamp(),
        recorded_by=by,
    )
    refresh_assessed(case)
    log_change(by=by, part="assessment_take_back", persons=[case.participant.public_id])
    return end


def _lock(assessment: Assessment) -> tuple[Enrolment, Assessment]:
    """The case, and the version in force, under the lock of the case. Raises ChangedMeanwhile."""
    case = lock_case(assessment.enrolment)
    now = Assessment.objects.select_related("first").get(pk=assessment.pk)
    if now.superseded_at:
        raise ChangedMeanwhile
    return case, now


def _next(old: Assessment, **said: object) -> Assessment:
    return Assessment.objects.create(
        enrolment_id=old.enrolment_id,
        owner_id=old.owner_id,
        is_imported=old.is_imported,
        first_id=old.root_id,
        corrects=old,
        **said,
    )
