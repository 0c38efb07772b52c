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
class Met(Noted):
    """A meeting; `own` is whether the organisation of the case has noted it."""

    on: date = date(2011, 1, 1)
    kind: str = "follow_up"
    present: bool = True
    emergency: bool = False
    own: bool = True

    @property
    def is_contact(self):
        return self.present and self.own and not self.emergency and self.kind != "no_show"


@dataclass
class Case:
    begun: list[Begun] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)
    assessed: list[Done] = field(default_factory=list)
    planned: list[Done] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    placed: list[Done] = field(default_factory=list)


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
    met: date | None = None
    placed: date | None = None
    followed: date | None = None


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
    contacts = [fact for fact in case.met if fact.known(moment) and fact.is_contact]
    planned = min((fact.on for fact in case.planned if fact.known(moment) and fact.complete), default=None)
    return Seen(
        begun[0],
        left[0] if left else None,
        [fact for fact in case.judged if fact.known(moment)],
        min((fact.on for fact in case.assessed if fact.known(moment)), default=None),
        planned,
        min((fact.on for fact in contacts if fact.kind != "phone"), default=None),
        min((fact.on for fact in case.placed if fact.known(moment)), default=None),
        min((fact.on for fact in contacts if planned and fact.on > planned), default=None),
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


def coming(cases, aim, as_of, until):
    """How many have their day after the as-of day, and no later than another day."""
    days = [
        months_later(seen.begun.on, aim.months)
        for seen in cases
        if not (seen.left and seen.left.reason == "project_ended" and seen.left.on <= as_of)
    ]
    return sum(as_of < day <= until for day in days)


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


# The free days of the years that the worlds are about, which no weekend has; from an almanac.
FREE = {
    date(2010, 12, 24), date(2010, 12, 31), date(2011, 1, 6), date(2011, 4, 22), date(2011, 4, 25), date(2011, 6, 2),
    date(2011, 6, 6), date(2011, 6, 24), date(2011, 12, 26), date(2012, 1, 6), date(2012, 4, 6), date(2012, 4, 9),
    date(2012, 5, 1), date(2012, 5, 17), date(2012, 6, 6), date(2012, 6, 22), date(2012, 12, 24), date(2012, 12, 25),
    date(2012, 12, 26), date(2012, 12, 31),
}  # fmt: skip


def last_day(start, days, in_workdays=False):
    """The last day for what is to be done within so many days."""
    if not in_workdays:
        return start + timedelta(days=days)
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.isoweekday() < 6 and day not in FREE
    return day


DEADLINES = [
    ("first_meeting", "application"),
    ("assessment", "application"),
    ("assessment", "enrolment"),
    ("plan", "application"),
    ("plan", "enrolment"),
    ("assessment_and_plan", "application"),
    ("assessment_and_plan", "enrolment"),
    ("placement", "enrolment"),
    ("follow_up", "plan"),
]
PROMISED = "due in_time done_late not_done not_yet_due left_before median_days".split()


def each_deadline(cases, referrals, as_of, limits):
    """The rows that `deadline_adherence` promises. `referrals`: the days of those from an agency that led nowhere.
    `limits`: the number of days of each thing; None where there is no such deadline, and nobody is counted."""
    return [
        {"deadline": what, "from": since}
        | _one(cases, referrals if since == "application" else [], as_of, limits, what, since)
        for what, since in DEADLINES
    ]


def _one(cases, referrals, as_of, limits, what, since):
    row, days_of_due = dict.fromkeys(PROMISED, 0), []
    for start, done, limit, left in [*_started(cases, limits, what, since), *_referred(referrals, limits, what)]:
        if start is None or start > as_of or None in limit:
            continue
        last = max(last_day(start, days, what == "placement") for days in limit)
        done = [day if day and day <= as_of else None for day in done]
        if left and left < last and left <= as_of:
            row["left_before"] += 1
        elif last >= as_of:
            row["not_yet_due"] += 1
        else:
            row["due"] += 1
            in_time = [
                bool(day) and day <= last_day(start, days, what == "placement")
                for day, days in zip(done, limit, strict=True)
            ]
            which = "in_time" if all(in_time) else "done_late" if all(done) else "not_done"
            row[which] += 1
            days_of_due.append(max((day - start).days for day in done) if all(done) else None)
    known = sorted(days for days in days_of_due if days is not None)
    half = -(-len(days_of_due) // 2)
    row["median_days"] = known[half - 1] if days_of_due and len(known) >= half else None
    return row


def _started(cases, limits, what, since):
    """Of each case: the day it runs from, the days when the things were done, their limits, and the exit."""
    for seen in cases:
        begun = seen.begun
        start = {"enrolment": begun.on, "plan": seen.planned, "application": begun.applied or begun.referred}[since]
        if since == "application" and begun.source not in AGENCIES:
            continue
        things = ["assessment", "plan"] if what == "assessment_and_plan" else [what]
        days = {
            "first_meeting": seen.met,
            "assessment": seen.assessed,
            "plan": seen.planned,
            "placement": seen.placed,
            "follow_up": seen.followed,
        }
        yield start, [days[thing] for thing in things], [limits[thing] for thing in things], seen.left and seen.left.on


def _referred(referrals, limits, what):
    things = ["assessment", "plan"] if what == "assessment_and_plan" else [what]
    for day in referrals:
        yield day, [None for _ in things], [limits[thing] for thing in things], None
