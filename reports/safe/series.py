"""Decides on which of several days a small number may be shown: a part of a known whole, as it grows from day to day.

A reader of all the days can subtract, and knows this rule too. So a number is shown only when

1. it and the rest of the whole have each grown by nothing or by at least five since the day last shown, and
2. for all the days hidden since then, some other number would have given just the same days shown and hidden.

Standard library only. `tests/reports/safe/test_series.py` tries every short history there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SMALLEST_COUNT = 5


def is_shown(count: int) -> bool:
    """Whether a count may be shown by itself: it is 0 or large enough."""
    return count == 0 or count >= SMALLEST_COUNT


def shown_days(part: Sequence[int], whole: Sequence[int], most: Sequence[int] | None = None) -> list[bool]:
    """For each day, whether the part may be shown. Part and whole are counted from the beginning, so they never shrink.

    `most`: the largest part possible on each day by what everybody knows, where that is less than the whole.
    """
    limits = whole if most is None else most
    shown: list[bool] = []
    start = 0
    for day in range(len(part)):
        before = (part[start - 1], whole[start - 1]) if start else (0, 0)
        run = _Run.since(before, part[start : day + 1], whole[start : day + 1], limits[start : day + 1])
        shown.append(run.shows(day - start, 0))
        if shown[-1]:
            start = day + 1
    return shown


@dataclass(frozen=True, slots=True)
class _Run:
    """The days since the last one shown. Its numbers are the growth of part and rest since then."""

    part: tuple[int, ...]
    rest: tuple[int, ...]
    room: tuple[int, ...]
    known: dict[tuple[int, int], bool] = field(default_factory=dict)

    @classmethod
    def since(cls, before: tuple[int, int], part: Sequence[int], whole: Sequence[int], most: Sequence[int]) -> "_Run":
        """The growth of part and whole since a day when they were `before`."""
        come = tuple(count - before[0] for count in part)
        rest = tuple(count - before[1] - own for count, own in zip(whole, come, strict=True))
        return cls(come, rest, tuple(count - before[0] for count in most))

    def shows(self, day: int, moved: int) -> bool:
        """Whether the day would be shown if the part had been larger by `moved` from the first of the days on."""
        if (day, moved) not in self.known:
            self.known[day, moved] = self._shows(day, moved)
        return self.known[day, moved]

    def _shows(self, day: int, moved: int) -> bool:
        if not (is_shown(self.part[day] + moved) and is_shown(self.rest[day] - moved)):
            return False
        return day == 0 or any(self._could_be(day, moved, other) for other in (moved - 1, moved + 1))

    def _could_be(self, day: int, moved: int, other: int) -> bool:
        """Whether the days before could as well have had `other` more in the part, with equal days of them hidden."""
        return self._fits(day, moved, other) and not any(self.shows(before, other) for before in range(day))

    def _fits(self, day: int, moved: int, other: int) -> bool:
        """Whether the numbers are possible: none shrinks, and none is larger than it can be."""
        part = [0, *(count + other for count in self.part[:day]), self.part[day] + moved]
        rest = [0, *(count - other for count in self.rest[:day]), self.rest[day] - moved]
        grows = all(a <= b for a, b in pairwise(part)) and all(a <= b for a, b in pairwise(rest))
        return grows and all(count <= room for count, room in zip(part[1:-1], self.room, strict=False))
