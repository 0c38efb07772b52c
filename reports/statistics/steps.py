"""Result targets: who cleared a step in time. Tallies in, results out; standard library only."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.statistics.counting import people, require
from reports.statistics.definitions import defined
from reports.statistics.proportions import SMALLEST_BASE, Interval, Ratio, Status, verdict, wilson


@dataclass(frozen=True, slots=True)
class Target:
    """`percent` of the enrolments clear `step` within `months`; exclusive: counts at the highest of its group."""

    step: int
    months: int
    percent: int
    counts_higher: bool
    exclusive: bool


@dataclass(frozen=True, slots=True)
class StepTally:
    """`count` enrolments that are alike for one target, as of one day.

    due: due day <= as-of, and not never_due.  never_due: left because the project ended before the due day.
    cleared_in_time: by the target's own rule.  left_before_due: exit before the due day, cleared or not.
    beyond_control: for a reason the project marked.  assessed: any assessment of the step, or a clearing
    that counts, by the due day.  held: the step is held on the due day.  counted_above: cleared a higher step of its
    exclusive group in time, and counts there.  quarter: the place of the due day's quarter among those asked for.
    due_quarter: of those whose day is still to come, its quarter by number; None for the others.
    """

    count: int
    due: bool
    never_due: bool
    cleared_in_time: bool
    left_before_due: bool
    beyond_control: bool
    assessed: bool
    held: bool
    counted_above: bool = False
    quarter: int = 0
    due_quarter: int | None = None

    def __post_init__(self) -> None:
        require(self.count >= 0, "a tally counts at least nobody")
        require(not (self.due and self.never_due), "an enrolment that is never due cannot be due")


@dataclass(frozen=True, slots=True)
class TargetResult:
    """The result of `cleared_in_time` for one target. All numbers are counts of enrolments but share and interval, 0-1.

    None in place of a number: hidden from readers who may not see the persons; of share and interval also: none is due.
    enrolled: all begun by the as-of day = due + not_yet_due + never_due.
    due: those whose day has come.  cleared_in_time: the due ones who cleared the step by it; share = cleared / due.
    status: met or not, by whole numbers.  small_base: 1-9 are due.
    never_due: left because the project ended, before their day.
    left_before_due, not_assessed: parts of those due who did not clear the step in time; the two may overlap.
    held: due ones who held the step when their day ended, cleared in time or not.
    adjusted: cleared of due, without those who left before their day for a reason beyond the project's power.
    """

    target: Target
    enrolled: int | None
    due: int
    cleared_in_time: int
    share: float | None
    interval: Interval | None
    status: Status
    small_base: bool
    not_yet_due: int | None
    never_due: int | None
    left_before_due: int | None
    not_assessed: int | None
    held: int | None
    adjusted: Ratio | None


@defined(
    "resultatmal",
    "Resultatmål",
    "Hur stor del av de inskrivningar vars tid har gått ut som klarade steget i tid. "
    "Den som slutade i förtid räknas med.",
)
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
    enrolled, never_due = people(tallies), people(t for t in tallies if t.never_due)
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
        left_before_due=people(t for t in missed if t.left_before_due and not t.counted_above),
        not_assessed=people(t for t in missed if not t.assessed),
        held=people(t for t in due if t.held),
        adjusted=_ratio([t for t in due if not (t.left_before_due and t.beyond_control)]),
    )


def _ratio(due: Sequence[StepTally]) -> Ratio:
    return Ratio(people(tally for tally in due if tally.cleared_in_time), people(due))


def combine(targets: Sequence[Target]) -> Target | None:
    """The target that a group of exclusive targets make together: their per cent added, at the lowest step.

    None when there are fewer than two, or when their months differ: then they share no due day.
    """
    if len(targets) < 2 or len({target.months for target in targets}) > 1:
        return None
    lowest, percent = min(target.step for target in targets), sum(target.percent for target in targets)
    return Target(lowest, targets[0].months, percent, counts_higher=True, exclusive=False)


@defined(
    "steg-4-eller-5",
    "Steg 4 eller 5",
    "De två målen för självförsörjning tillsammans, med eget antal mot summan av de två målen.",
)
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
