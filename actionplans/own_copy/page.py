"""The words of the participant's copy of the plan, in plain Swedish.

It hangs where others see it: a first name at most, no authority, and nothing but the plan.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from actionplans.activities.page import on_paper
from actionplans.enums import MilestoneState
from actionplans.plans.next_contact import coming_meeting_on
from actionplans.plans.revisions import PlanVersion
from actionplans.weeks.entries import hours_in_words
from actionplans.weeks.page import WeekDay
from core.swedish.words import MONTHS, NBSP, day_with_weekday, plural, weekday
from participants.enums import ProtectionLevel
from participants.models import CaseAssignment, Enrolment, Participant

MINE: Final = "Min plan"
# So many activities have room beside the rest.
_MOST_ACTIVITIES: Final = 4


@dataclass(frozen=True, slots=True)
class Goal:
    """A delmål: its words, whether it is reached, and its day in words, which may be none."""

    text: str
    is_done: bool
    when: str


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """The sheet. `coming` is the next meeting or follow-up, as a heading and a day; both empty where none is decided.

    `words` stand for the week where it has been written in words alone. `more` counts the delmål that have no room,
    `left_out` says how many activities.
    """

    heading: str
    since: date
    coming: tuple[str, str]
    activity: str
    days: Sequence[WeekDay]
    total: str
    words: str
    goals: Sequence[Goal]
    more: int
    to_ring: str
    phone: str
    activities: Sequence[str] = ()
    left_out: str = ""
    tells_what: bool = True

    def sized(self, goals: int, *, tells_what: bool) -> "OwnCopy":
        """The sheet with so many delmål at most, and with or without what is done in the week, and where, and beside
        it."""
        kept, activities = self.goals[:goals], self.activities[: _MOST_ACTIVITIES if tells_what else 0]
        left = len(self.activities) - len(activities)
        return replace(
            self,
            goals=kept,
            more=len(self.goals) - len(kept),
            activities=activities,
            left_out=f"{plural(left, 'aktivitet,aktiviteter')} till" if left else "",
            tells_what=tells_what,
        )


def own_copy(enrolment: Enrolment, version: PlanVersion, *, on: date) -> OwnCopy:
    """The sheet of a plan on a day. Four queries."""
    ringing, phone = to_ring(enrolment, on)
    return OwnCopy(
        heading=heading_of(enrolment.participant),
        since=version.revision.concerns_on,
        coming=_coming(enrolment, version, on),
        activity=version.main_activity,
        days=version.days,
        total=hours_in_words(version.week.minutes) if version.week else "",
        words="" if version.week else version.schedule,
        goals=_goals(version, on),
        more=0,
        activities=on_paper(enrolment, on),
        to_ring=ringing,
        phone=phone,
    )


def heading_of(person: Participant) -> str:
    """«Ibrahims plan»; «Min plan» for a protected person, and for a name that takes no Swedish ending."""
    name = person.identity.given_name.strip()
    if person.protection != ProtectionLevel.NONE or not name or not _is_latin(name[-1]):
        return MINE
    return f"{name} plan" if name[-1].lower() in "sxzß" else f"{name}s plan"


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")


def _coming(enrolment: Enrolment, version: PlanVersion, on: date) -> tuple[str, str]:
    """A day that is agreed goes before the plan's own; what has passed is neither."""
    booked, planned = coming_meeting_on(enrolment, on=on), version.revision.next_follow_up_on
    if booked:
        return "Nästa möte", _in_words(booked, on)
    return ("Nästa uppföljning", _in_words(planned, on)) if planned and planned >= on else ("", "")


def _in_words(value: date, on: date) -> str:
    return weekday(value) if value.year == on.year else day_with_weekday(value)


def _goals(version: PlanVersion, on: date) -> list[Goal]:
    """The delmål that aren't dropped: those ahead first, by their days, then those that are reached."""
    rows = [row for row in version.milestones if row.state != MilestoneState.DROPPED]
    rows.sort(key=lambda row: (row.state == MilestoneState.REACHED, row.due_on or date.max))
    return [_goal(row.text.text, row.state, row.due_on, on) for row in rows]


def _goal(text: str, state: str, due_on: date | None, on: date) -> Goal:
    if state == MilestoneState.REACHED:
        return Goal(text, True, "klart")
    year = f" {due_on.year}" if due_on and due_on.year != on.year else ""
    return Goal(text, False, f"{due_on.day}{NBSP}{MONTHS[due_on.month - 1]}{year}" if due_on else "")


def to_ring(enrolment: Enrolment, on: date) -> tuple[str, str]:
    """The bare name of the user who is responsible, without the authority that tells namesakes apart, and the number;
    empty where it is nobody, or a whole unit."""
    rows = CaseAssignment.objects.on(on).responsible().filter(enrolment=enrolment).exclude(user=None)
    return rows.values_list("user__name", "user__phone").first() or ("", "")
