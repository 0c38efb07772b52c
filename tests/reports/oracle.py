"""The figures counted slowly, one person at a time, from a plain list of what happened.

Written from the definitions alone: it shares no code with `reports/`, `actionplans/steps/clock.py` or `core/days`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

ALWAYS = datetime.fromisoformat("2000-01-01T00:00+00:00")
AGENCIES = {"social_services", "employment_service", "social_insurance"}


@dataclass
class Noted:
    """When something was written down, and when it was replaced."""

    at: datetime = ALWAYS
    until: datetime | None = None

    def known(self, moment):
        return self.at <= moment and (self.until is None or self.until > moment)


@dataclass
class Begun(Noted):
    on: date = date(2011, 1, 1)
    source: str = "unknown"
    applied: date | None = None
    referred: date | None = None
    void: bool = False


@dataclass
class Left(Noted):
    on: date = date(2011, 1, 1)
    reason: str = "other"


@dataclass
class Judged(Noted):
    step: int = 1
    on: date = date(2011, 1, 1)
    outcome: str = "cleared"
    cleared: date | None = None


@dataclass
class Done(Noted):
    """A kartläggning, or a plan."""

    on: date = date(2011, 1, 1)
    complete: bool = True


@dataclass
class Case:
    begun: list[Begun] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    assessed: list[Done] = field(default_factory=list)
    planned: list[Done] = field(default_factory=list)


@dataclass(frozen=True)
class Aim:
    step: int
    months: int
    percent: int
    higher: bool
    exclusive: bool


@dataclass
class Seen:
    """A case as known at a moment."""

    begun: Begun
    left: Left | None
    judged: list[Judged]
    assessed: date | None
    planned: date | None


def months_later(day, months):
    """The same day of a later month; if that month is too short, its last day."""
    month = day.month + months
    year = day.year
    while month > 12:
        month, year = month - 12, year + 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def see(case, moment):
    begun = [fact for fact in case.begun if fact.known(moment) and not fact.void]
    if not begun:
        return None
    left = [fact for fact in case.left if fact.known(moment)]
    return Seen(
        begun[0],
        left[0] if left else None,
        [fact for fact in case.judged if fact.known(moment)],
        min((fact.on for fact in case.assessed if fact.known(moment)), default=None),
        min((fact.on for fact in case.planned if fact.known(moment) and fact.complete), default=None),
    )


def cleared_days(seen, steps, last):
    return [fact.cleared for fact in seen.judged if fact.cleared and fact.step in steps and fact.cleared <= last]


def held_steps(seen, last):
    """Steps held when the day ends: the latest change says cleared, the one written last if they share a day."""
    state = {}
    changes = [
        (fact.cleared or fact.on, place, fact)
        for place, fact in enumerate(seen.judged)
        if fact.outcome != "not_cleared"
    ]
    for day, _, fact in sorted(changes, key=lambda change: change[:2]):
        if day <= last:
            state[fact.step] = fact.outcome == "cleared"
    return {step for step, held in state.items() if held}


def result(cases, aim, aims, as_of, beyond, group=()):
    """One row of the table; `group` are the steps of the exclusive group for the row «4 eller 5»."""
    row = dict.fromkeys(
        "enrolled due cleared not_yet never left not_assessed held adjusted_due adjusted_cleared".split(), 0
    )
    for seen in cases:
        if seen.begun.on > as_of:
            continue
        row["enrolled"] += 1
        day = months_later(seen.begun.on, aim.months)
        gone = seen.left is not None and seen.left.on < day
        if gone and seen.left.reason == "project_ended":
            row["never" if seen.left.on <= as_of else "not_yet"] += 1
            continue
        if day > as_of:
            row["not_yet"] += 1
            continue
        row["due"] += 1
        cleared = clears(seen, aim, aims, day, group)
        row["cleared"] += cleared
        if not (gone and seen.left.reason in beyond):
            row["adjusted_due"] += 1
            row["adjusted_cleared"] += cleared
        if not cleared:
            row["left"] += gone and not (aim.exclusive and not group and clears_higher(seen, aim, aims))
            own = group or (aim.step,)
            row["not_assessed"] += not any(fact.step in own and fact.on <= day for fact in seen.judged)
        counted = set(group) or (set(range(aim.step, 10)) if aim.higher else {aim.step})
        row["held"] += bool(held_steps(seen, day) & counted)
    return row


def clears(seen, aim, aims, day, group):
    if group:
        return bool(cleared_days(seen, group, day))
    if aim.exclusive:
        highest = [
            other.step
            for other in aims
            if other.exclusive and cleared_days(seen, [other.step], months_later(seen.begun.on, other.months))
        ]
        return bool(highest) and max(highest) == aim.step
    steps = range(aim.step, 10) if aim.higher else [aim.step]
    return bool(cleared_days(seen, steps, day))


def clears_higher(seen, aim, aims):
    """Cleared a higher step of the exclusive group in time: not somebody who left without clearing."""
    higher = [other for other in aims if other.exclusive and other.step > aim.step]
    return any(cleared_days(seen, [other.step], months_later(seen.begun.on, other.months)) for other in higher)


def curve(cases, steps, as_of):
    """Kaplan-Meier as exact fractions: [(day, share, at risk)]."""
    times = []
    for seen in cases:
        if seen.begun.on > as_of:
            continue
        last = as_of
        if seen.left and seen.left.reason == "project_ended" and seen.left.on <= as_of:
            last = seen.left.on
        days = cleared_days(seen, steps, last)
        times.append(((min(days) if days else last) - seen.begun.on, bool(days)))
    points, surviving = [], Fraction(1)
    for day in sorted({time for time, event in times if event}):
        at_risk = sum(time >= day for time, _ in times)
        events = sum(event and time == day for time, event in times)
        surviving *= Fraction(at_risk - events, at_risk)
        points.append((day.days, 1 - surviving, at_risk))
    return points


def deadline(cases, as_of, from_application, limits=(14, 14)):
    """One of the two rows about fourteen days; also how many say neither when they applied nor were referred."""
    row = dict.fromkeys("all due within left not_yet without_day".split(), 0)
    for seen in cases:
        start = seen.begun.on
        if from_application:
            if seen.begun.source not in AGENCIES:
                continue
            start = seen.begun.applied or seen.begun.referred
            if start is None:
                row["without_day"] += seen.begun.on <= as_of
                continue
        if start > as_of:
            continue
        row["all"] += 1
        last = start + timedelta(days=max(limits))
        if seen.left and seen.left.on < last and seen.left.on <= as_of:
            row["left"] += 1
        elif as_of <= last:
            row["not_yet"] += 1
        else:
            row["due"] += 1
            days = zip((seen.assessed, seen.planned), limits, strict=True)
            row["within"] += all(day and day <= start + timedelta(days=limit) for day, limit in days)
    return row
