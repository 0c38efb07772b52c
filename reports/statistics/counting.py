"""Shared by all statistics: a fault of a definition is raised at once, and tallies count people."""

from collections.abc import Iterable
from typing import Protocol


class Counted(Protocol):
    """A tally: `count` enrolments, or people, that are alike."""

    @property
    def count(self) -> int: ...


def require(holds: bool, fault: str) -> None:
    """Raises ValueError with `fault` when `holds` is false."""
    if not holds:
        raise ValueError(fault)


def people(tallies: Iterable[Counted]) -> int:
    """How many the tallies count together."""
    return sum(tally.count for tally in tallies)
