"""Noting that a kartläggning is done, and the day that the case keeps of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Min

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.models import TextBody
from participants.changes import save_projection
from participants.locking import lock_case
from participants.models import Assessment, AssessmentWork, Enrolment


@action
def record_assessment(
    *, enrolment: Enrolment, completed_on: date, summary: str = "", work: AssessmentWork | None = None, by: User
) -> Assessment:
    """Note that a kartläggning was completed. A later one is added; the deadline looks at the first.

    `work` has the answers of its areas; a kartläggning that is known by its summary alone has none. Raises
    ValidationError for `completed_on` before the enrolment.
    """
    locked = lock_case(enrolment)
    check_day(completed_on, locked)
    fact = Assessment.objects.create(
        enrolment=locked,
        concerns_on=completed_on,
        work=work,
        summary=TextBody.objects.write(summary) if summary else None,
        owner=locked.owner,
        recorded_by=by,
    )
    refresh_assessed(locked)
    log_change(by=by, part="assessment_create", persons=[locked.participant.public_id])
    return fact


def check_day(completed_on: date, enrolment: Enrolment) -> None:
    """Raises ValidationError for `completed_on` before the enrolment."""
    if completed_on < enrolment.enrolled_on:
        raise ValidationError({"completed_on": "Kartläggningen kan inte vara klar före inskrivningen."})


def refresh_assessed(enrolment: Enrolment) -> None:
    """Work out `Enrolment.assessed_on` anew: the first day of the kartläggningar that stand; part of the action that
    changed one."""
    standing = Assessment.objects.filter(enrolment=enrolment).current()
    save_projection(enrolment, assessed_on=standing.aggregate(first=Min("concerns_on"))["first"])
