"""Every figure about steps and deadlines, defined once.

Takes tallies (rows with a count, grouped by `reports/datasets.py`), gives results with both counts.
Standard library only: a definition can be read, tested and copied without the rest of the program.
Rounding, per cent signs and the hiding of small groups belong to whoever presents the result.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from reports.tallies import (
    CurvePoint,
    DeadlineResult,
    DeadlineTally,
    DurationTally,
    Interval,
    MonthPoint,
    Ratio,
    Status,
    StepTally,
    Target,
    TargetResult,
    require,
)

# Whoever uses a statistic finds its tallies and results here too.
__all__ = [
    "CurvePoint",
    "DeadlineResult",
    "DeadlineTally",
    "DurationTally",
    "Interval",
    "MonthPoint",
    "Ratio",
    "Status",
    "StepTally",
    "Target",
    "TargetResult",
]

Z_95 = 1.959963984540054
DAYS_PER_MONTH = 30.4375
SMALLEST_BASE = 10
# A product of fractions that should be one half can miss it by some units in the last place.
ROUNDING_SLACK = 1e-12


def wilson(cleared: int, due: int) -> Interval | None:
    """95 % Wilson score interval of a share.

    Unit:         whatever the two counts count
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


def cleared_in_time(tallies: Sequence[StepTally], target: Target) -> TargetResult:
    """Share of enrolments that cleared the target's step within its months.

    The as-of day has already decided which enrolments the tallies call due. "Adjusted" is a second figure
    that leaves out, cleared or not, those who left before their day for a reason the project marked as
    beyond its power. A step that was lost later is still cleared in time; "held" is the state on the due day.

    Unit:         enrolments (a person enrolled twice counts twice)
    Numerator:    due enrolments that cleared the step by their due day; a higher step counts where the target
                  says so, and of an exclusive pair only the highest one cleared
    Denominator:  enrolments whose due day <= as-of, those who left early included; who left because the project
                  ended before that day is never due
    Missing:      no assessment of the step by the due day: not cleared, and counted in not_assessed
    Empty:        share and interval None, shown as "–", never 0 %
    Source:       docs/statistics.md#resultatmal
    """
    due = [tally for tally in tallies if tally.due]
    missed = [tally for tally in due if not tally.cleared_in_time]
    main = _ratio(due)
    enrolled, never_due = _people(tallies), _people(t for t in tallies if t.never_due)
    return TargetResult(
        target=target,
        enrolled=enrolled,
        due=main.whole,
        cleared_in_time=main.part,
        share=main.share,
        interval=wilson(main.part, main.whole),
        status=verdict(main.part, main.whole, target.percent),
        small_base=0 < main.whole < SMALLEST_BASE,
        not_yet_due=enrolled - main.whole - never_due,
        never_due=never_due,
        left_before_due=_people(t for t in missed if t.left_before_due and not t.counted_above),
        not_assessed=_people(t for t in missed if not t.assessed),
        held=_people(t for t in due if t.held),
        adjusted=_ratio([t for t in due if not (t.left_before_due and t.beyond_control)]),
    )


def _people(tallies: Iterable[StepTally | DeadlineTally | DurationTally]) -> int:
    return sum(tally.count for tally in tallies)


def _ratio(due: Sequence[StepTally]) -> Ratio:
    return Ratio(_people(tally for tally in due if tally.cleared_in_time), _people(due))


def combine(targets: Sequence[Target]) -> Target | None:
    """The target that a group of exclusive targets make together: their per cent added, at the lowest step.

    None when there are fewer than two, or when their months differ: then they share no due day.
    """
    if len(targets) < 2 or len({target.months for target in targets}) > 1:
        return None
    lowest, percent = min(target.step for target in targets), sum(target.percent for target in targets)
    return Target(lowest, targets[0].months, percent, counts_higher=True, exclusive=False)


def combined_target(tallies: Sequence[StepTally], targets: Sequence[Target]) -> TargetResult | None:
    """Share of enrolments that cleared any step of an exclusive group ("steg 4 eller 5") in time.

    Unit:         enrolments
    Numerator:    due enrolments that cleared any of the group's steps by their due day: a count of its own
    Denominator:  as for each of the targets; the verdict is against the sum of their per cent
    Missing:      no assessment of any of the steps by the due day: not cleared
    Empty:        as for a single target; None when the targets share no due day or are fewer than two
    Source:       docs/statistics.md#steg-4-eller-5
    """
    target = combine(targets)
    return cleared_in_time(tallies, target) if target else None


def kaplan_meier(tallies: Sequence[DurationTally]) -> list[CurvePoint]:
    """Share that has cleared the step by each day after enrolment, 1 − S(day), by Kaplan and Meier.

    Those not yet due are used for as long as they were followed, and months have different lengths, so the
    curve may differ from the result; the verdict is the result's. Limits are 95 % log-log with Greenwood's
    variance. When all who were at risk have cleared (S = 0) the log-log limits do not exist: both are None.
    (lifelines then gives an interval without width, which would claim certainty; R gives none either.)

    Unit:         enrolments, day 0 is the enrolment day
    Numerator:    those who cleared on the day
    Denominator:  those at risk: not cleared, and not censored before the day (a censored enrolment is at risk on
                  its own day); whoever left without clearing stays at risk until the as-of day
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


def target_day(months: int) -> int:
    """The day on the curve's axis where a target of so many months stands: round(months × 30.4375)."""
    return round(months * DAYS_PER_MONTH)


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


def deadline_adherence(tallies: Sequence[DeadlineTally]) -> DeadlineResult:
    """Share for whom kartläggning and a complete plan were both done within 14 days.

    Unit:         enrolments; in the row "from application", referrals, those never enrolled too
    Numerator:    due ones with both done by day 14
    Denominator:  those whose day 14 has passed, except who left before it (left out, done or not, and counted)
    Missing:      not done, or without a day: not within
    Empty:        share and interval None, shown as "–"; the median is the first day by which at least half of
                  the denominator had both done, however late, and None if fewer than half have
    Source:       docs/statistics.md#fjorton-dagar
    """
    stayed = [tally for tally in tallies if not tally.left_before]
    due = [tally for tally in stayed if tally.due]
    ratio = Ratio(_people(tally for tally in due if tally.within), _people(due))
    return DeadlineResult(
        enrolled=_people(tallies),
        due=ratio.whole,
        within=ratio.part,
        share=ratio.share,
        interval=wilson(ratio.part, ratio.whole),
        left_before=_people(tally for tally in tallies if tally.left_before),
        not_yet_due=_people(stayed) - ratio.whole,
        median_days=_day_half_were_done(due),
    )


def _day_half_were_done(due: Sequence[DeadlineTally]) -> int | None:
    done, half = 0, _people(due) / 2
    for days, count in sorted((t.days, t.count) for t in due if t.days is not None and t.count):
        done += count
        if done >= half:
            return days
    return None


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
