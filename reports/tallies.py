"""What goes into the statistics (tallies) and what comes out (results). Standard library only."""

from dataclasses import dataclass
from enum import StrEnum


def require(holds: bool, fault: str) -> None:
    if not holds:
        raise ValueError(fault)


class Status(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    TOO_EARLY = "too_early"


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

    def __post_init__(self) -> None:
        require(self.count >= 0, "a tally counts at least nobody")
        require(not (self.due and self.never_due), "an enrolment that is never due cannot be due")


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
        require(self.count >= 0, "a tally counts at least nobody")
        require(self.days >= 0, "nobody clears a step or is censored before the enrolment day")


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
class Ratio:
    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TargetResult:
    """None in place of a number: hidden from those who may not see the persons."""

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


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share that has cleared by the end of `day`; `at_risk` had not cleared when the day began."""

    day: int
    share: float
    low: float | None
    high: float | None
    at_risk: int


@dataclass(frozen=True, slots=True)
class MonthPoint:
    month: int
    day: int
    share: float | None


@dataclass(frozen=True, slots=True)
class DeadlineResult:
    """None in place of a number: hidden from those who may not see the persons."""

    enrolled: int | None
    due: int
    within: int
    share: float | None
    interval: Interval | None
    left_before: int | None
    not_yet_due: int | None
    median_days: int | None
