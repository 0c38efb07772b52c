"""Reads of what has come of a case, and what its project's list offers."""

from datetime import date
from typing import Final

from django.db.models.functions import Coalesce

from participants.models import CaseOutcome, Enrolment
from projects.enums import ListKind
from projects.models import Listed

# The code, in the model's list, of what has no line of its own.
OTHER: Final = "other"


def standing(enrolment: Enrolment) -> list[CaseOutcome]:
    """The outcomes of a case that stand, the earliest day first, those of a day in the order of writing. One query."""
    rows = CaseOutcome.objects.placed().current().filter(enrolment=enrolment)
    return list(rows.select_related("outcome").order_by("concerns_on", Coalesce("first_id", "pk")))


def offered_to(enrolment: Enrolment, on: date, kept: Listed | None = None) -> list[Listed]:
    """The outcomes that the project's list offers between the enrolment and the day, by name with «Annat» last, and
    `kept`. One query."""
    rows = Listed.objects.filter(project=enrolment.project_id, kind=ListKind.OUTCOME)
    offered = [line for line in rows.on_or_after(enrolment.enrolled_on) if not line.valid_from or line.valid_from <= on]
    found = offered if kept is None or kept in offered else [*offered, kept]
    return sorted(found, key=lambda line: line.code == OTHER)
