"""The tallies that the safe version is counted from, by quarter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Self

from reports.figures.ground import Ground
from reports.safe.days import quarter_ends


@dataclass(frozen=True)
class SafeGround:
    """`ground`: the tallies as of the day, with steps by quarter. `ends`: the last days of the quarters from the first
    enrolment to the day.

    `released`: targets, by their names in addresses, that a report may show in spite of a small base.
    """

    ground: Ground
    ends: tuple[date, ...]
    released: frozenset[str]

    @classmethod
    def lay(cls, ground: Ground, released: Collection[str]) -> Self:
        """The ground with its quarters; the quarter of the as-of day is among them if that day ends it. One query."""
        as_of = ground.rules.as_of
        first = min(ground.first_enrolled_on() or as_of, as_of)
        ends = tuple(quarter_ends(first, as_of))
        return cls(ground.by_quarter(ends), ends, frozenset(released))

    @property
    def is_quarter_end(self) -> bool:
        """Whether the as-of day ends a quarter."""
        return self.ground.rules.as_of in self.ends

    @cached_property
    def exited(self) -> list[int]:
        """The number of enrolments that had ended by the end of each quarter. Everybody knows these numbers. One
        query."""
        return list(accumulate(self.ground.exits_by_quarter(self.ends)))

    @cached_property
    def last_quarter(self) -> Ground:
        """The tallies as of the end of the last quarter. Raises IndexError where no quarter has ended."""
        return self.ground.on(self.ends[-1])
