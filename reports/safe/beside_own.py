"""What is left of a share for somebody who knows some of the persons it counts."""

from typing import TypeVar

from reports.statistics.deadlines import DeadlineResult
from reports.statistics.proportions import is_publishable
from reports.statistics.steps import TargetResult

R = TypeVar("R", TargetResult, DeadlineResult)


def shown_beside(result: R | None, others: R | None) -> R | None:
    """The result, where the base of the others (whom the reader doesn't know) is large enough, or nobody; else None."""
    base = others.due if others else 0
    return result if not base or is_publishable(base) else None
