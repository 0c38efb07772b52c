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


@dataclass(frozen=True, slots=True)
class DeadlineCounts:
    """The result of `one_deadline`: counts of enrolments (or referrals); share and interval are 0-1.

    None in place of a number: hidden from readers who may not see the persons; of share and interval also: none is due.
    due = in_time + done_late + not_done.  not_yet_due: stayed, and the last day hasn't passed.
    left_before: left before their last day, done or not.
    median_days: days from the start until half of those due had it done; None when fewer than half have.
    """

    due: int
    in_time: int
    share: float | None
    interval: Interval | None
    done_late: int | None
    not_done: int | None
    not_yet_due: int | None
    left_before: int | None
    median_days: int | None


@defined(
    "tidsgranser",
    "Tidsgränser, en för en",
    "Hur många som fick första mötet, kartläggningen, planen, placeringen och första uppföljningen i tid, och hur "
    "många som fick det för sent eller inte alls.",
)
def one_deadline(tallies: Sequence[DeadlineTally]) -> DeadlineCounts:
    """How many had one thing done by its last day, later, or not at all.

    The things, and what each runs from; the numbers of days are the project's:

    - first_meeting, from application: the first day on which the participant met the case's organisation in person. A
      telephone call, a no-show, a meeting without the participant and what was noted in an emergency are none
    - assessment, plan, and both, from application and from enrolment: the first kartläggning, the first complete plan
    - placement, from enrolment: the first day of the first placement; its last day is so many workdays later, without
      weekends, Swedish holidays and the three eves; its median is in days by the calendar. A project may have no such
      deadline: then nobody is counted
    - follow_up, from the day of the first complete plan: the first contact on a later day, a telephone call too. A
      no-show is none

    "From application" is from the day of application, else of referral, of those whom socialtjänsten,
    Arbetsförmedlingen or Försäkringskassan referred, those never enrolled too.

    Unit:         enrolments; from application, referrals
    Numerator:    due ones with it done by the last day; beside it those done later by the as-of day, and not done
    Denominator:  those whose last day has passed, except who left before it (left out, done or not, and counted)
    Missing:      not done, or without a day: not done
    Empty:        share and interval None, shown as "–"; the median is the first day by which at least half of
                  the denominator had it done, however late, and None if fewer than half have
    Source:       docs/statistics.md#tidsgranser
    """
    stayed = [tally for tally in tallies if not tally.left_before]
    due = [tally for tally in stayed if tally.due]
    ratio = Ratio(people(tally for tally in due if tally.within), people(due))
    late = people(tally for tally in due if not tally.within and tally.days is not None)
    return DeadlineCounts(
        due=ratio.whole,
        in_time=ratio.part,
        share=ratio.share,
        interval=wilson(ratio.part, ratio.whole),
        done_late=late,
        not_done=ratio.whole - ratio.part - late,
        not_yet_due=people(stayed) - ratio.whole,
        left_before=people(tally for tally in tallies if tally.left_before),
        median_days=_day_half_were_done(due),
    )


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
