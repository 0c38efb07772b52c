"""Decides which of the numbers behind the shares may be shown, from how they grew quarter by quarter.

Of the enrolments whose day has come, everybody knows how many cleared the step and how many missed it. The hidden
numbers split these two. Of the enrolments that missed it, some had ended, and some of them for a reason beyond the
project's power; some were not assessed. Of the enrolments that cleared it, some still held it, and some had ended for a
reason beyond the project's power.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reports.safe.series import SMALLEST_COUNT, shown_days
from reports.statistics.proportions import Ratio, is_publishable
from reports.statistics.steps import StepTally, TargetResult


def headline(result: TargetResult) -> TargetResult:
    """The result with both counts, share, interval and verdict alone; the numbers behind them are None."""
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
    """The headline together with the numbers behind it that may be shown, as of the end of the last quarter.

    `exited`: the number of enrolments that had ended by the end of each quarter, which everybody knows. `tells_left`:
    whether this target shows how many had ended. Only one target may: an enrolment that ended before the day of one
    target ended before the days of all later ones, so that two such numbers could be subtracted.
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
    """A part of a whole, counted by the end of each quarter, and on which of these days it may be shown."""

    part: tuple[int, ...]
    whole: tuple[int, ...]
    shown: tuple[bool, ...]

    @classmethod
    def of(cls, part: Sequence[int], whole: Sequence[int], most: Sequence[int] | None = None) -> "Split":
        """The split with its days decided. `most`: the largest number that the part can have."""
        return cls(tuple(part), tuple(whole), tuple(shown_days(part, whole, most)))


@dataclass(frozen=True, slots=True)
class Splits:
    """The splits of one target, on the days when the base is large enough for the headline."""

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
        """Count by quarter, then decide each split by itself. `exited`: enrolments that had ended by the end of each
        quarter."""
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
            # Counted only on the days when the number of ended enrolments is shown.
            beyond_of_left=Split.of([beyond[day] for day in of_left], [left.part[day] for day in of_left]),
            beyond_of_cleared=Split.of(count(_left_after_clearing), cleared),
            left_days=left.shown,
        )

    def last(self, split: Split) -> int | None:
        """The split's number by the end of the last quarter; None where it may not be shown."""
        return split.part[-1] if split.shown and split.shown[-1] else None

    def adjusted(self) -> Ratio | None:
        """The share without enrolments that ended for a reason beyond the project's power. None unless its base differs
        from the first share's by at least five, and both parts of that difference may be shown."""
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
    """By the end of each quarter, the number of enrolments that were due by then and of which `wanted` is true."""
    counts = [0] * quarters
    for tally in tallies:
        if tally.due and wanted(tally):
            counts[tally.quarter] += tally.count
    return list(accumulate(counts))
