"""Steps and the days of an enrolment: none is cleared outside it."""

from datetime import date

from django.core.exceptions import ValidationError

from actionplans.models import StepAssessment
from participants.models import Enrolment


def check_exit(enrolment: Enrolment, exited_on: date) -> None:
    """Raises ValidationError for `exited_on` where a step is cleared after the day."""
    if StepAssessment.objects.current().filter(enrolment=enrolment, cleared_on__gt=exited_on).exists():
        raise ValidationError(
            {"exited_on": "Ett steg är klarat efter den dagen. Rätta steget eller välj en senare dag."}
        )


def check_start(enrolment: Enrolment, enrolled_on: date) -> None:
    """Raises ValidationError for `enrolled_on` where a step is cleared before the day."""
    if StepAssessment.objects.current().filter(enrolment=enrolment, cleared_on__lt=enrolled_on).exists():
        raise ValidationError(
            {"enrolled_on": "Ett steg är klarat före den dagen. Rätta steget eller välj en tidigare dag."}
        )
