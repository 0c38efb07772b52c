"""Functions that other apps join, to be called when an enrolment changes."""

from collections.abc import Callable, Sequence
from datetime import date

from participants.enrolment.deadlines import refresh_first_due
from participants.models import Enrolment

# What must be worked out anew when enrolments change (actionplans adds the step clock).
after_enrolment_change: list[Callable[[Sequence[int]], None]] = []

# What may forbid a day of exit or of enrolment (actionplans: a step that is cleared outside it). Each raises
# ValidationError by field.
checks_of_exit: list[Callable[[Enrolment, date], None]] = []
checks_of_start: list[Callable[[Enrolment, date], None]] = []


def enrolments_changed(enrolment_ids: Sequence[int]) -> None:
    """Work out what is derived from these enrolments; called inside the action that changed them."""
    refresh_first_due(enrolment_ids)
    for refresh in after_enrolment_change:
        refresh(enrolment_ids)


def save_projection(enrolment: Enrolment, **fields: object) -> None:
    """Write what an enrolment keeps of its facts at hand (ADR 9), and work out what is derived from it."""
    Enrolment.objects.filter(pk=enrolment.pk).update(**fields)
    enrolments_changed([enrolment.pk])
