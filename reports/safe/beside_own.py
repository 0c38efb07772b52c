"""Hides shares from a reader who knows some of the persons that they count."""

from typing import TypeVar

from reports.statistics.deadlines import DeadlineCounts, DeadlineResult
from reports.statistics.proportions import is_publishable
from reports.statistics.steps import TargetResult

R = TypeVar("R", TargetResult, DeadlineResult, DeadlineCounts)


def shown_beside(result: R | None, others: R | None) -> R | None:
    """The result, if the base of `others` (persons whom the reader doesn't know) is empty or large enough; else
    None."""
    base = others.due if others else 0
    return result if not base or is_publishable(base) else None
