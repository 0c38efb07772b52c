"""The number that would meet a target that isn't met. Tallies in, results out; standard library only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.statistics.definitions import defined
from reports.statistics.proportions import Status, verdict
from reports.statistics.steps import StepTally, TargetResult


@dataclass(frozen=True, slots=True)
class Needed:
    """Counts of enrolments, by the end of a quarter; quarters have the numbers of `core.days.dates.quarter_of`.

    result: as of the day of the figures.  quarter: the first by whose end the target can be met, or the last one in
    which somebody's day comes; None where nobody's does.  coming: those whose day comes until its end.
    least: how many of those coming have to clear the step in time; more than are coming where the target can't be met.
    """

    result: TargetResult
    quarter: int | None
    coming: int
    least: int

    @property
    def can_be_met(self) -> bool:
        """Whether enough are coming."""
        return self.least <= self.coming

    @property
    def unassessed_suffice(self) -> bool:
        """Whether the target would be met if all those due whom nobody has assessed had cleared the step."""
        result = self.result
        best = result.cleared_in_time + (result.not_assessed or 0)
        return verdict(best, result.due, result.target.percent) is Status.MET


@defined(
    "vad-kravs",
    "Vad krävs för målet?",
    "Hur många av dem vars dag kommer före kvartalets slut som behöver klara steget i tid för att målet ska nås.",
)
def needed(tallies: Sequence[StepTally], result: TargetResult, last_quarter: int | None) -> Needed | None:
    """The smallest number of those whose day is still to come that would meet a target that isn't met.

    Counted to the end of the first quarter by which the target can be met at all; where there is none, to the last
    quarter in which anybody's day comes. Quarters after `last_quarter`, when the project has ended, are left out.
    Nothing is guessed about who will clear the step.

    Unit:         enrolments begun by the as-of day
    Numerator:    cleared in time so far + the number looked for; 100 × this is at least per cent × the denominator
    Denominator:  due so far + those whose due day comes by the quarter's end, those who have left early included
    Missing:      not assessed counts as not cleared, as in the share
    Empty:        None where the target is met; without anybody coming there is no quarter, and it can't be met
    Source:       docs/statistics.md#vad-kravs
    """
    if result.status is Status.MET:
        return None
    by_quarter = _coming(tallies, last_quarter)
    found = Needed(result, None, 0, _least(result, 0))
    for quarter, coming in zip(by_quarter, accumulate(by_quarter.values()), strict=True):
        found = Needed(result, quarter, coming, _least(result, coming))
        if found.can_be_met:
            break
    return found


def _coming(tallies: Sequence[StepTally], last_quarter: int | None) -> dict[int, int]:
    """By quarter, in order, how many have their due day then."""
    coming: Counter[int] = Counter()
    for tally in tallies:
        if tally.due_quarter is not None and (last_quarter is None or tally.due_quarter <= last_quarter):
            coming[tally.due_quarter] += tally.count
    return dict(sorted(coming.items()))


def _least(result: TargetResult, coming: int) -> int:
    """How many of those coming make a share of at least the target's per cent: rounded up, in whole numbers."""
    of_all = -(-result.target.percent * (result.due + coming) // 100)
    return max(of_all - result.cleared_in_time, 0)
