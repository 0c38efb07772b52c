"""The numbers behind the shares, told as they grew from quarter to quarter, and which of them may be shown.

Of those whose day has come, everybody knows how many cleared the step and how many missed it. What is hidden splits
these two: of those who missed it some had left, and of those some for a reason beyond the project's power; some
were not assessed; of those who cleared it some still held it, and some had left for such a reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reports.safe.series import SMALLEST_COUNT, shown_days
from reports.statistics.proportions import Ratio, is_publishable
from reports.statistics.steps import StepTally, TargetResult


def headline(result: TargetResult) -> TargetResult:
    """Both counts, share, interval and verdict, without what stands behind them."""
    return replace(
        result,
        enrolled=None,
        not_yet_due=None,
        never_due=None,
        left_before_due=None,
        not_assessed=None,
        held=None,
        adjusted=None,
    )


def with_behind(
    result: TargetResult, tallies: Sequence[StepTally], quarters: int, exited: Sequence[int], *, tells_left: bool
) -> TargetResult:
    """The headline with what may be shown behind it, as of the last of the quarters.

    `exited`: how many had left the project by the end of each quarter, which everybody knows.
    `tells_left`: whether this is the target that says who left. Whoever left before the day of one target left before
    those of all later ones, so a number told of two of them gives a third between them.
    """
    rows = Splits.of(tallies, quarters, exited)
    return replace(
        headline(result),
        left_before_due=rows.last(rows.left) if tells_left else None,
        not_assessed=rows.last(rows.not_assessed),
        held=rows.last(rows.held),
        adjusted=rows.adjusted() if tells_left else None,
    )


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a whole by the end of each quarter, and on which of them it may be shown."""

    part: tuple[int, ...]
    whole: tuple[int, ...]
    shown: tuple[bool, ...]

    @classmethod
    def of(cls, part: Sequence[int], whole: Sequence[int], most: Sequence[int] | None = None) -> "Split":
        """Decide the days."""
        return cls(tuple(part), tuple(whole), tuple(shown_days(part, whole, most)))


@dataclass(frozen=True, slots=True)
class Splits:
    """One target's splits, on the days whose base is large enough for the headline."""

    due: tuple[int, ...]
    cleared: tuple[int, ...]
    left: Split
    not_assessed: Split
    held: Split
    beyond_of_left: Split
    beyond_of_cleared: Split
    left_days: tuple[bool, ...]

    @classmethod
    def of(cls, tallies: Sequence[StepTally], quarters: int, exited: Sequence[int]) -> "Splits":
        """Count by quarter, then decide each split by itself."""
        due = _by_quarter(tallies, quarters, lambda tally: True)
        first = next((place for place, base in enumerate(due) if is_publishable(base)), quarters)

        def count(wanted: Callable[[StepTally], bool]) -> list[int]:
            return _by_quarter(tallies, quarters, wanted)[first:]

        cleared = count(lambda tally: tally.cleared_in_time)
        missed = count(lambda tally: not tally.cleared_in_time)
        left = Split.of(count(_left), missed, exited[first:])
        of_left = [place for place, is_shown in enumerate(left.shown) if is_shown]
        beyond = count(lambda tally: _left(tally) and tally.beyond_control)
        return cls(
            due=tuple(due[first:]),
            cleared=tuple(cleared),
            left=left,
            not_assessed=Split.of(count(lambda tally: not tally.cleared_in_time and not tally.assessed), missed),
            held=Split.of(count(lambda tally: tally.cleared_in_time and tally.held), cleared),
            # Of those who left, only on the days that say how many they were.
            beyond_of_left=Split.of([beyond[day] for day in of_left], [left.part[day] for day in of_left]),
            beyond_of_cleared=Split.of(count(_left_after_clearing), cleared),
            left_days=left.shown,
        )

    def last(self, split: Split) -> int | None:
        """The number by the last quarter, where it may be shown."""
        return split.part[-1] if split.shown and split.shown[-1] else None

    def adjusted(self) -> Ratio | None:
        """The second figure, where it differs from the first by at least five and neither part of that is small."""
        if not (self.left_days and self.left_days[-1]):
            return None
        missed, cleared = self.last(self.beyond_of_left), self.last(self.beyond_of_cleared)
        if missed is None or cleared is None or missed + cleared < SMALLEST_COUNT:
            return None
        return Ratio(self.cleared[-1] - cleared, self.due[-1] - missed - cleared)


def _left(tally: StepTally) -> bool:
    return tally.left_before_due and not tally.cleared_in_time


def _left_after_clearing(tally: StepTally) -> bool:
    return tally.cleared_in_time and tally.left_before_due and tally.beyond_control


def _by_quarter(tallies: Sequence[StepTally], quarters: int, wanted: Callable[[StepTally], bool]) -> list[int]:
    """How many of those due by the end of each quarter are as wanted."""
    counts = [0] * quarters
    for tally in tallies:
        if tally.due and wanted(tally):
            counts[tally.quarter] += tally.count
    return list(accumulate(counts))
