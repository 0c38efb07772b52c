"""Reads of what has come of a case, and what its project's list offers."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from participants.models import CaseOutcome, Enrolment
from projects.enums import ListKind
from projects.models import Listed


class Dated(Protocol):
    """An outcome as a fact, or as a row of the case's history."""

    is_main: bool


OutcomeT = TypeVar("OutcomeT", bound=Dated)


def standing(enrolment: Enrolment) -> list[CaseOutcome]:
    """The outcomes of a case that stand, the earliest day first. One query."""
    rows = CaseOutcome.objects.placed().current().filter(enrolment=enrolment)
    return list(rows.select_related("outcome").order_by("concerns_on", "pk"))


def holding(outcomes: Sequence[OutcomeT]) -> tuple[OutcomeT | None, list[OutcomeT]]:
    """Of outcomes, the earliest first, the main one that holds, and the marks beside it."""
    mains = [row for row in outcomes if row.is_main]
    return mains[-1] if mains else None, [row for row in outcomes if not row.is_main]


def offered_to(enrolment: Enrolment, on: date, kept: Listed | None = None) -> list[Listed]:
    """The outcomes that the project's list offers between the enrolment and the day, by name, and `kept`. One query."""
    rows = Listed.objects.filter(project=enrolment.project_id, kind=ListKind.OUTCOME)
    offered = [line for line in rows.on_or_after(enrolment.enrolled_on) if not line.valid_from or line.valid_from <= on]
    return offered if kept is None or kept in offered else [*offered, kept]
