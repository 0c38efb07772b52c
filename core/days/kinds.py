"""Bounds of days: for each kind of day that is typed, the earliest and the latest that make sense.

One table for all forms and for the register. What depends on other days, such as that a follow-up comes after the plan,
is checked where those days are known.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from core.days.dates import add_months
from core.days.periods import IN_THE_FUTURE
from core.swedish.words import day as in_words

CHECK_YEAR = "Kontrollera årtalet."
# Older than any project of coordination, of which the law is from 2003.
_FIRST = date(1990, 1, 1)


class Leaning(Enum):
    """Which way a day without a year points."""

    PAST = "past"
    COMING = "coming"
    NEAREST = "nearest"
    # As PAST, but for a day that comes within a month: of what is written down once it has begun, or just before.
    BEGUN = "begun"
    # As PAST, and of a year of two digits the century behind.
    BIRTH = "birth"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which way a day without a year points, how many months ahead the latest day lies, and the earliest day."""

    leaning: Leaning
    ahead: int
    earliest: date = _FIRST

    def last(self, on: date) -> date:
        """The latest day that makes sense, seen from the day `on`."""
        return add_months(on, self.ahead)


class DayKind(Enum):
    """The kinds of days that are typed."""

    BORN = "born"
    # What has happened: an enrolment, a meeting, a plan, a step, an exit, the first day of a sick-listing.
    HAPPENED = "happened"
    # The same in a register, which may be as old as the oldest paper.
    REGISTER = "register"
    NEXT_MEETING = "next meeting"
    FOLLOW_UP = "follow-up"
    # Of a delmål; an old plan has those that are long past.
    DUE = "due"
    # Of a placement, and of an activity.
    PLACED_FROM = "placed from"
    PLACED_THROUGH = "placed through"
    SICK_THROUGH = "sick through"
    EMPLOYED_FROM = "employed from"
    EMPLOYED_THROUGH = "employed through"
    CONSENT_FROM = "consent from"
    CONSENT_THROUGH = "consent through"
    # Of a role, or of somebody's work with a case.
    DUTY_FROM = "duty from"
    DUTY_THROUGH = "duty through"
    # Of a project, its ladder and its targets.
    PROJECT = "project"
    # Of the time that a report is about.
    REPORT = "report"

    @property
    def bounds(self) -> Bounds:
        """The kind's line in the table."""
        return _TABLE[self]

    def fault(self, day: date, on: date) -> str:
        """The fault of the day in words, seen from the day `on`; empty where it makes sense."""
        if self.bounds.earliest <= day <= self.bounds.last(on):
            return ""
        if day < on or self.bounds.ahead:
            return CHECK_YEAR
        return IN_THE_FUTURE if day <= add_months(on, 12) else f"{IN_THE_FUTURE} {CHECK_YEAR}"


def fault_before(day: date, firsts: Mapping[str, date | None]) -> str:
    """The fault in words of a day before some other day must have been; empty where it comes after them all.

    `firsts` are by what they are called, «projektets första dag»; those that aren't known bound nothing.
    """
    passed = {what: first for what, first in firsts.items() if first and day < first}
    if not passed:
        return ""
    what, first = max(passed.items(), key=lambda item: item[1])
    return f"Dagen kan inte ligga före {what}, {in_words(first)}. {CHECK_YEAR}"


_TABLE = {
    DayKind.BORN: Bounds(Leaning.BIRTH, ahead=0, earliest=date(1900, 1, 1)),
    DayKind.HAPPENED: Bounds(Leaning.PAST, ahead=0),
    DayKind.REGISTER: Bounds(Leaning.PAST, ahead=0, earliest=date(1950, 1, 1)),
    DayKind.NEXT_MEETING: Bounds(Leaning.COMING, ahead=12),
    DayKind.FOLLOW_UP: Bounds(Leaning.COMING, ahead=24),
    DayKind.DUE: Bounds(Leaning.NEAREST, ahead=60),
    DayKind.PLACED_FROM: Bounds(Leaning.NEAREST, ahead=24),
    DayKind.PLACED_THROUGH: Bounds(Leaning.COMING, ahead=60),
    DayKind.SICK_THROUGH: Bounds(Leaning.NEAREST, ahead=36),
    DayKind.EMPLOYED_FROM: Bounds(Leaning.BEGUN, ahead=24),
    DayKind.EMPLOYED_THROUGH: Bounds(Leaning.NEAREST, ahead=60),
    DayKind.CONSENT_FROM: Bounds(Leaning.NEAREST, ahead=24),
    DayKind.CONSENT_THROUGH: Bounds(Leaning.COMING, ahead=60),
    DayKind.DUTY_FROM: Bounds(Leaning.NEAREST, ahead=24),
    DayKind.DUTY_THROUGH: Bounds(Leaning.COMING, ahead=120),
    DayKind.PROJECT: Bounds(Leaning.NEAREST, ahead=180),
    DayKind.REPORT: Bounds(Leaning.NEAREST, ahead=24),
}
