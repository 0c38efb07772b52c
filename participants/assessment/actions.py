"""Noting that a kartläggning is done."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.models import TextBody
from participants.changes import save_projection
from participants.locking import lock_case
from participants.models import Assessment, Enrolment


@action
def record_assessment(*, enrolment: Enrolment, completed_on: date, summary: str = "", by: User) -> Assessment:
    """Note that a kartläggning was completed. A later one is added; the deadline looks at the first.

    Raises ValidationError for `completed_on` before the enrolment.
    """
    locked = lock_case(enrolment)
    if completed_on < locked.enrolled_on:
        raise ValidationError({"completed_on": "Kartläggningen kan inte vara klar före inskrivningen."})
    fact = Assessment.objects.create(
        enrolment=locked,
        concerns_on=completed_on,
        summary=TextBody.objects.write(summary) if summary else None,
        owner=locked.owner,
        recorded_by=by,
    )
    save_projection(locked, assessed_on=min(filter(None, (locked.assessed_on, completed_on))))
    log_change(by=by, part="assessment_create", persons=[locked.participant.public_id])
    return fact
