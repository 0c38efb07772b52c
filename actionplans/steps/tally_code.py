"""Two whole numbers, kept with a clock, of what figures say of it on any day.

Whether a step was cleared, assessed, held or left in time are comparisons of the clock's own days; of an exclusive
group they look at the enrolment's higher steps. So they are made once, when the clock is written, and figures count
alike numbers by an index (docs/adr/0039).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from actionplans.models import StepClock
from core.days.dates import quarter_of
from projects.enums import ExitReason
from projects.models import ResultTarget

# A reason is kept as its place here, from 1. Kept numbers depend on it: new reasons come last.
REASONS: Final = (
    ExitReason.WORK,
    ExitReason.STUDIES,
    ExitReason.CONTINUED_REHABILITATION,
    ExitReason.OTHER_PROJECT,
    ExitReason.MOVED,
    ExitReason.ILLNESS,
    ExitReason.DECEASED,
    ExitReason.PARENTAL_LEAVE,
    ExitReason.OWN_REQUEST,
    ExitReason.STAYED_AWAY,
    ExitReason.CONSENT_WITHDRAWN,
    ExitReason.PROJECT_ENDED,
    ExitReason.OTHER,
    ExitReason.UNKNOWN,
)
_NO_REASON: Final = ""


@dataclass(frozen=True, slots=True)
class ClockSaid:
    """How a clock with a target stands to its due day.

    cleared_in_time: by the target's own rule; of an exclusive group the highest step cleared alone.
    assessed: the step itself by the due day, or cleared in time.  held: when the due day ended.
    counted_above: a higher step of its exclusive group was cleared in time, and the enrolment counts there.
    group_…: cleared, assessed or held, this step or a higher one of the exclusive group; false for targets of no group.
    left_for: why the enrolment ended, where it did before the due day; "" where it didn't.
    due_quarter: the due day's, as `quarter_of` numbers them.
    """

    cleared_in_time: bool
    assessed: bool
    held: bool
    counted_above: bool
    group_cleared: bool
    group_assessed: bool
    group_held: bool
    left_for: str
    due_quarter: int

    @property
    def left_before_due(self) -> bool:
        """Whether the enrolment ended before the due day."""
        return bool(self.left_for)

    @property
    def is_never_due(self) -> bool:
        """Whether the project ended before the due day, which then never comes."""
        return self.left_for == ExitReason.PROJECT_ENDED

    def packed(self) -> int:
        """The number that is kept."""
        bits = sum(1 << place for place, flag in enumerate(_FLAGS) if getattr(self, flag))
        return bits + _PLACES[self.left_for] * _REASON + self.due_quarter * QUARTER


_FLAGS: Final = (
    "cleared_in_time",
    "assessed",
    "held",
    "counted_above",
    "group_cleared",
    "group_assessed",
    "group_held",
)
_REASON: Final = 1 << len(_FLAGS)
_ROOM: Final = 32
# Above all else in a code stands the quarter.
QUARTER: Final = _REASON * _ROOM
_PLACES: Final = {_NO_REASON: 0} | {reason.value: place for place, reason in enumerate(REASONS, start=1)}
_LEFT_FOR: Final = {place: reason for reason, place in _PLACES.items()}
# More days than any life has; above them stands the quarter.
FAR: Final = 1 << 15


@lru_cache(maxsize=5_000)
def read_code(code: int) -> ClockSaid:
    """Unpack a kept number."""
    flags = {flag: bool(code & 1 << place) for place, flag in enumerate(_FLAGS)}
    quarter, rest = divmod(code // _REASON, _ROOM)
    return ClockSaid(**flags, left_for=_LEFT_FOR[rest], due_quarter=quarter)


def bit_of(flag: str) -> int:
    """The bit of a number that is set where this flag of a `ClockSaid` holds."""
    return 1 << _FLAGS.index(flag)


def read_rise(rise: int) -> tuple[int, int]:
    """The quarter of the day on which a clock's curve rises, and how many days after enrolment that is."""
    return divmod(rise, FAR)


def say(clocks: Sequence[StepClock], lowest: ResultTarget | None, *, counts: bool) -> None:
    """Fill in what figures read of the clocks of one enrolment, lowest step first.

    lowest: the target of the lowest step of the group that is to be reached together, see `lowest_of_group`.
    counts: whether the enrolment is in any figure; a clock without a number is in none.
    """
    for place, clock in enumerate(clocks):
        target, due_on = clock.target, clock.due_on
        clock.stopped_on = clock.exited_on if clock.exit_reason == ExitReason.PROJECT_ENDED else None
        clock.event_on = _event_on(clock, target, lowest) if target and counts else None
        clock.rise = _rise(clock.event_on, clock.enrolled_on) if clock.event_on else None
        above = [other for other in clocks[place + 1 :] if other.target and other.target.exclusive]
        clock.code = _said(clock, target, due_on, above).packed() if target and due_on and counts else None


def _event_on(clock: StepClock, target: ResultTarget, lowest: ResultTarget | None) -> date | None:
    """The day on which the target's curve rises for the enrolment; none if the project had ended for it before."""
    any_higher = target is lowest if target.exclusive else target.counts_higher
    day = clock.reached_on if any_higher else clock.cleared_on
    return day if _by(day, clock.stopped_on or day) else None


def _rise(event_on: date, enrolled_on: date) -> int:
    return quarter_of(event_on) * FAR + max((event_on - enrolled_on).days, 0)


def _said(clock: StepClock, target: ResultTarget, due_on: date, above: Sequence[StepClock]) -> ClockSaid:
    is_counted_above = target.exclusive and _any_in_time(above)
    own = _by(clock.cleared_on, due_on)
    if target.exclusive:
        cleared = own and not is_counted_above
    else:
        cleared = _by(clock.reached_on, due_on) if target.counts_higher else own
    group_cleared = target.exclusive and (own or is_counted_above)
    is_assessed = _by(clock.assessed_on, due_on)
    return ClockSaid(
        cleared_in_time=cleared,
        assessed=is_assessed or cleared,
        held=clock.held_on_due,
        counted_above=is_counted_above,
        group_cleared=group_cleared,
        group_assessed=group_cleared
        or (target.exclusive and (is_assessed or any(_by(step.assessed_on, step.due_on) for step in above))),
        group_held=target.exclusive and (clock.held_on_due or any(step.held_on_due for step in above)),
        left_for=clock.exit_reason if clock.exited_on and clock.exited_on < due_on else _NO_REASON,
        due_quarter=quarter_of(due_on),
    )


def _any_in_time(clocks: Iterable[StepClock]) -> bool:
    return any(_by(clock.cleared_on, clock.due_on) for clock in clocks)


def _by(day: date | None, last: date | None) -> bool:
    """Whether it happened, at the latest on the last day."""
    return day is not None and last is not None and day <= last
