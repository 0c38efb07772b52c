"""No fact about somebody is older than that person."""

from datetime import date

from django.core.exceptions import ValidationError

from participants.models import Enrolment

UNBORN = "Dagen ligger före födelsen. Rätta den."
UNBORN_THERE = "Den personen var inte född den dagen. Välj någon annan, eller rätta dagen först."


def require_born(enrolment: Enrolment, day: date, field: str, fault: str = UNBORN) -> None:
    """Raises ValidationError for the field whose day lies before the birth of the case's person, where that is
    known."""
    born = enrolment.participant.birth_date
    if born and day < born:
        raise ValidationError({field: fault})
