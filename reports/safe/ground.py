"""What the safe version of a population's figures is counted from: tallies by quarter, since days can be subtracted."""

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
    """ground: as of the day, with steps by quarter.  ends: of the quarters from the first enrolment to the day.

    released: the targets (as an address names them) that one report may show though their base is small.
    """

    ground: Ground
    ends: tuple[date, ...]
    released: frozenset[str]

    @classmethod
    def lay(cls, ground: Ground, released: Collection[str]) -> Self:
        """Find the quarters: at least that of the as-of day, if it ends one; one statement."""
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
        """How many had left the project by the end of each quarter, which everybody knows; one statement."""
        return list(accumulate(self.ground.exits_by_quarter(self.ends)))

    @cached_property
    def last_quarter(self) -> Ground:
        """The ground as of the end of the last quarter. Raises IndexError where no quarter has ended."""
        return self.ground.on(self.ends[-1])
