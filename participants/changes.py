"""Functions that other apps join, to be called when an enrolment changes."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from core.batches import in_chunks
from participants.enrolment.deadlines import write_first_due
from participants.locking import lock_cases
from participants.models import Enrolment

# What must be worked out anew when enrolments change, which are locked (actionplans adds the step clock).
after_enrolment_change: list[Callable[[Sequence[Enrolment]], None]] = []

# What may forbid a day of exit or of enrolment (actionplans: a step that is cleared outside it). Each raises
# ValidationError by field.
checks_of_exit: list[Callable[[Enrolment, date], None]] = []
checks_of_start: list[Callable[[Enrolment, date], None]] = []


def enrolments_changed(enrolment_ids: Sequence[int]) -> None:
    """Work out what is derived from these enrolments; called inside the action that changed them.

    Locked, or what was worked out from before would be written over what is noted meanwhile.
    """
    for chunk in in_chunks(sorted(enrolment_ids)):
        with transaction.atomic(savepoint=False):
            locked = lock_cases(chunk)
            write_first_due(locked)
            for refresh in after_enrolment_change:
                refresh(locked)


def save_projection(enrolment: Enrolment, **fields: object) -> None:
    """Write what an enrolment keeps of its facts at hand (ADR 9), and work out what is derived from it."""
    Enrolment.objects.filter(pk=enrolment.pk).update(**fields)
    enrolments_changed([enrolment.pk])
