"""Deadlines: which things were done within their days. Tallies in, results out; standard library only."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.statistics.counting import people, require
from reports.statistics.definitions import defined
from reports.statistics.proportions import Interval, Ratio, wilson


@dataclass(frozen=True, slots=True)
class DeadlineTally:
    """`count` people alike for a deadline; `days` is when all that was asked for was done, None if it is not."""

    count: int
    due: bool
    within: bool
    left_before: bool
    days: int | None

    def __post_init__(self) -> None:
        require(self.count >= 0, "a tally counts at least nobody")


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """The result of `deadline_adherence` for one row. Counts of enrolments (or referrals); share and interval are 0-1.

    None in place of a number: hidden from readers who may not see the persons; of share and interval also: none is due.
    enrolled: all whose time began to run by the as-of day = due + left_before + not_yet_due.
    due: those who stayed and whose last day has passed.  within: the due ones with both done in time.
    left_before: left before their last day, done or not.  not_yet_due: stayed, and the last day hasn't passed.
    median_days: days from the start until half of those due had both done; None when fewer than half have.
    """

    enrolled: int | None
    due: int
    within: int
    share: float | None
    interval: Interval | None
    left_before: int | None
    not_yet_due: int | None
    median_days: int | None


@defined(
    "fjorton-dagar",
    "Inom 14 dagar",
    "Hur stor del som fick både kartläggning och handlingsplan inom 14 dagar. Målet är alla.",
)
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
    ratio = Ratio(people(tally for tally in due if tally.within), people(due))
    return DeadlineResult(
        enrolled=people(tallies),
        due=ratio.whole,
        within=ratio.part,
        share=ratio.share,
        interval=wilson(ratio.part, ratio.whole),
        left_before=people(tally for tally in tallies if tally.left_before),
        not_yet_due=people(stayed) - ratio.whole,
        median_days=_day_half_were_done(due),
    )


def _day_half_were_done(due: Sequence[DeadlineTally]) -> int | None:
    done, half = 0, people(due) / 2
    for days, count in sorted((t.days, t.count) for t in due if t.days is not None and t.count):
        done += count
        if done >= half:
            return days
    return None
