"""How long it takes to clear a step, with those who are still on their way. Standard library only."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.statistics.counting import require
from reports.statistics.definitions import defined
from reports.statistics.proportions import ROUNDING_SLACK, Z_95


@dataclass(frozen=True, slots=True)
class DurationTally:
    """`count` enrolments followed for `days` from enrolment, until they cleared the step or were censored.

    quarter: the place of the quarter in which they cleared it among those asked for.
    """

    count: int
    days: int
    cleared: bool
    quarter: int = 0

    def __post_init__(self) -> None:
        # Asked first, since a page makes thousands.
        if self.count < 0 or self.days < 0:
            require(self.count >= 0, "a tally counts at least nobody")
            require(self.days >= 0, "nobody clears a step or is censored before the enrolment day")


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A day on which the curve rises: a share of enrolments, counted in days from enrolment.

    day: whole days from enrolment, 0 and up.  share: those who have cleared by its end, 0-1.
    low, high: the 95 % limits of the share, 0-1; both None when all at risk have cleared.
    at_risk: how many enrolments had neither cleared nor been censored when the day began.
    """

    day: int
    share: float
    low: float | None
    high: float | None
    at_risk: int


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """The curve at the end of a month after enrolment.

    month: 1 and up.  day: its last day, in days from enrolment (see `target_day`).
    share: those who have cleared by then, 0-1; None when nobody has been followed for so long.
    """

    month: int
    day: int
    share: float | None


# A year of 365.25 days in twelve.
DAYS_PER_MONTH = 30.4375


@defined(
    "kurva",
    "Tid till steget",
    "Kurvan visar hur stor del som har klarat steget dag för dag efter inskrivningen. "
    "Även den vars tid inte har gått ut räknas med, så länge vi har kunnat följa hen.",
)
def kaplan_meier(tallies: Sequence[DurationTally]) -> list[CurvePoint]:
    """Share that has cleared the step by each day after enrolment, 1 − S(day), by Kaplan and Meier.

    Those not yet due are used for as long as they were followed, and months have different lengths, so the
    curve may differ from the result; the verdict is the result's. Limits are 95 % log-log with Greenwood's
    variance. When all who were at risk have cleared (S = 0) the log-log limits do not exist: both are None.
    (lifelines then gives an interval without width, which would claim certainty; R gives none either.)

    Unit:         enrolments, day 0 is the enrolment day
    Numerator:    those who cleared on the day
    Denominator:  those at risk: not cleared, and not censored before the day (a censored enrolment is at risk on
                  its own day); one that left without clearing stays at risk until the as-of day
    Missing:      not assessed: at risk, not cleared
    Empty:        no points; a point stands only on days when someone cleared
    Source:       docs/statistics.md#kurva
    """
    leaving, clearing = _by_day(tallies), _by_day(t for t in tallies if t.cleared)
    at_risk, survival, variance = leaving.total(), 1.0, 0.0
    curve: list[CurvePoint] = []
    for day in sorted(leaving):
        if cleared := clearing[day]:
            left = at_risk - cleared
            survival *= left / at_risk
            variance += cleared / (at_risk * left) if left else math.inf
            curve.append(CurvePoint(day, 1 - survival, *_log_log(survival, variance), at_risk))
        at_risk -= leaving[day]
    return curve


def _by_day(tallies: Iterable[DurationTally]) -> Counter[int]:
    days: Counter[int] = Counter()
    for tally in tallies:
        days[tally.days] += tally.count
    return days


def _log_log(survival: float, variance: float) -> tuple[float | None, float | None]:
    """Limits of 1 − S; the upper limit of S gives the lower one here."""
    if not survival:
        return None, None
    log = math.log(survival)
    width = math.exp(Z_95 * math.sqrt(variance) / -log)
    return -math.expm1(log / width), -math.expm1(log * width)


@defined(
    "median",
    "Mediantid",
    "Antal dagar tills hälften har klarat steget.",
)
def median_days(tallies: Sequence[DurationTally]) -> int | None:
    """Days until at least half have cleared the step, read from the Kaplan-Meier curve.

    Unit:         days from enrolment
    Numerator:    the first day on which the curve reaches one half
    Denominator:  the enrolments of the curve
    Missing:      as in the curve
    Empty:        None when the curve never reaches one half, shown as "–"
    Source:       docs/statistics.md#median
    """
    return next((p.day for p in kaplan_meier(tallies) if p.share >= 0.5 - ROUNDING_SLACK), None)


def followed_days(tallies: Sequence[DurationTally]) -> int | None:
    """The longest anyone has been followed: past it the curve says nothing. None without enrolments."""
    return max((tally.days for tally in tallies if tally.count), default=None)


@defined(
    "malpunkt",
    "Målpunkten på kurvan",
    "Målet ritas som en punkt på den dag då månaderna har gått.",
)
def target_day(months: int) -> int:
    """The day on the curve's axis where a target of so many months stands: round(months × 30.4375)."""
    return round(months * DAYS_PER_MONTH)


@defined(
    "manadsvis",
    "Kurvan månad för månad",
    "Den kurva som visas för den som inte får se personer.",
)
def by_month(curve: Sequence[CurvePoint], months: int, followed_to: int | None = None) -> list[MonthPoint]:
    """The curve in a table: its share at the end of each month.

    Those who may not see persons get only the months at which at least five more had cleared (docs/adr/0024).

    Unit:         months of 30.4375 days from enrolment, 1 to `months`
    Numerator:    the curve's share on day round(month × 30.4375)
    Denominator:  as in the curve
    Missing:      share None for months that end after the last day anyone was followed (`followed_to`), unless
                  all had cleared by then
    Empty:        share 0 before anyone has cleared
    Source:       docs/statistics.md#manadsvis
    """
    days, shares = [point.day for point in curve], [0.0, *(point.share for point in curve)]

    def at(month: int) -> MonthPoint:
        day = target_day(month)
        share = shares[bisect_right(days, day)]
        unknown = followed_to is not None and day > followed_to and share < 1
        return MonthPoint(month, day, None if unknown else share)

    return [at(month) for month in range(1, months + 1)]
