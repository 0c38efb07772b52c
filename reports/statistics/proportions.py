"""Shares with their uncertainty, and when a share may be shown. Standard library only."""

import math
from dataclasses import dataclass
from enum import StrEnum

from reports.statistics.counting import require
from reports.statistics.definitions import defined


class Status(StrEnum):
    """Whether a target is met; too early while nobody's day has come. See `verdict`."""

    MET = "met"
    NOT_MET = "not_met"
    TOO_EARLY = "too_early"


class TargetStanding(StrEnum):
    """How a share stands to its target when its uncertainty is reckoned with. See `standing`."""

    HOLDS = "holds"
    ON_THE_EDGE = "on_the_edge"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`: how many of how many. `share` is 0-1, None when the whole is nobody."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a 95 % confidence interval of a share, both 0-1, low <= high."""

    low: float
    high: float


Z_95 = 1.959963984540054


SMALLEST_BASE = 10


# A product of fractions that should be one half can miss it by some units in the last place.
ROUNDING_SLACK = 1e-12


@defined(
    "intervall",
    "Osäkerhet",
    "Ett 95-procentigt intervall visar hur säker andelen är. Få personer ger ett brett intervall.",
)
def wilson(cleared: int, due: int) -> Interval | None:
    """95 % Wilson score interval of a share.

    Unit:         the unit of the two counts
    Numerator:    cleared
    Denominator:  due; z = 1.959963984540054, no continuity correction
    Missing:      none: both counts are known
    Empty:        None, shown as "–"; the low end is exactly 0 when none cleared, the high end exactly 1 when all did
    Source:       docs/statistics.md#intervall
    """
    require(0 <= cleared <= due, "the part cannot be less than nobody or more than the whole")
    if not due:
        return None
    share, weight = cleared / due, Z_95**2 / due
    centre = (share + weight / 2) / (1 + weight)
    half = math.sqrt(weight * (share * (1 - share) + weight / 4)) / (1 + weight)
    # With none cleared, centre and half are the same number; with all, rounding can miss one.
    high = 1.0 if cleared == due else min(1.0, centre + half)
    return Interval(max(0.0, centre - half), high)


@defined(
    "utfall",
    "Utfall",
    "Målet är nått, inte nått, eller så är det för tidigt att säga.",
)
def verdict(cleared: int, due: int, percent: int) -> Status:
    """Whether a target is met, in whole numbers, so that no rounding decides.

    Unit:         enrolments
    Numerator:    100 × cleared in time
    Denominator:  the target's per cent × due; met when the first is at least the second
    Missing:      not assessed counts as not cleared
    Empty:        too early when nobody is due; with fewer than 10 due the verdict stands beside "litet underlag"
    Source:       docs/statistics.md#utfall
    """
    if not due:
        return Status.TOO_EARLY
    return Status.MET if 100 * cleared >= percent * due else Status.NOT_MET


@defined(
    "lage-mot-malet",
    "Läge mot målet",
    "Målet håller när hela osäkerheten ligger på eller över det, är på gränsen när det ligger inom osäkerheten, "
    "och andelen är under målet när hela osäkerheten ligger under.",
)
def standing(interval: Interval | None, percent: int) -> TargetStanding | None:
    """How sure a verdict is: it holds, could as well have been the other, or is missed also at the best.

    Unit:         the unit of the share that the interval is about
    Numerator:    the ends of the 95 % interval
    Denominator:  the target's per cent / 100; it holds when the low end is at least that, is below when the high end is
                  less, and else is on the edge
    Missing:      as in the share: not assessed counts as not cleared
    Empty:        None without an interval: too early
    Source:       docs/statistics.md#lage-mot-malet
    """
    if interval is None:
        return None
    if interval.low >= percent / 100:
        return TargetStanding.HOLDS
    return TargetStanding.BELOW if interval.high < percent / 100 else TargetStanding.ON_THE_EDGE


@defined(
    "sma-grupper",
    "Små grupper",
    "En andel för hela projektet visas när den bygger på minst 10 inskrivningar. Det som ligger bakom den "
    "visas när ingen kan räkna fram ett antal på 1 till 4 (docs/adr/0024).",
)
def is_publishable(base: int) -> bool:
    """Whether a project-wide headline figure may be shown to those who may not see the persons.

    Unit:         enrolments
    Numerator:    any, also 1-4
    Denominator:  shown from a base of 10
    Missing:      a hidden figure says that it is hidden, and is not shown as "–"
    Empty:        a base of 0 is not publishable
    Source:       docs/statistics.md#sma-grupper
    """
    return base >= SMALLEST_BASE
