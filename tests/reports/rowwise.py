"""What the datasets count in SQL, counted row by row: of cases as the facts had them at a moment."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from actionplans.models import StepClock
from core.days.dates import quarter_of
from participants.enums import REFERRING
from projects.enums import ExitReason
from reports.datasets import Awaits, Beginnings, DeadlineRules, Rules, Since
from reports.figures.ground import Ground
from reports.figures.past import CaseAt
from reports.statistics.curves import DurationTally
from reports.statistics.deadlines import DeadlineTally
from reports.statistics.steps import StepTally, Target
from tests.reports.oracle import last_day


def step_rows(cases: Sequence[CaseAt], rules: Rules) -> Iterator[tuple[Target, bool, StepTally]]:
    """Target, whether it is that of a group, and the tally of one enrolment."""
    for case in cases:
        if case.enrolled_on > rules.as_of:
            continue
        for clock in case.clocks:
            target, group = rules.targets.get(clock.target_id), rules.groups.get(clock.target_id)
            if target and clock.due_on:
                yield target, False, _step(clock, clock.due_on, case, rules, target)
            if group and clock.due_on:
                yield group, True, _step(clock, clock.due_on, case, rules, None)


def _step(clock: StepClock, due_on: date, case: CaseAt, rules: Rules, target: Target | None) -> StepTally:
    """The tally for the clock's own target, or without one for what its group is to reach together."""
    left = _by(case.exited_on, due_on - timedelta(days=1))
    stopped = left and case.exit_reason == ExitReason.PROJECT_ENDED
    due = due_on <= rules.as_of and not stopped
    never_due = stopped and _by(case.exited_on, rules.as_of)
    above = _above(clock, case, rules)
    cleared = _in_time(clock, above, target) if target else _group_in_time(clock, *above)
    seen = [clock] if target else [clock, *above]
    return StepTally(
        count=1,
        due=due,
        never_due=never_due,
        cleared_in_time=due and cleared,
        left_before_due=due and left,
        beyond_control=due and left and case.exit_reason in rules.beyond_control,
        assessed=due and (cleared or any(_by(step.assessed_on, due_on) for step in seen)),
        held=due and any(step.held_on_due for step in seen),
        counted_above=due and target is not None and target.exclusive and _group_in_time(*above),
        quarter=bisect_left(rules.quarters, due_on),
        due_quarter=None if due or never_due else quarter_of(due_on),
    )


def _above(clock: StepClock, case: CaseAt, rules: Rules) -> list[StepClock]:
    exclusive = {key for key, target in rules.targets.items() if target.exclusive}
    return [other for other in case.clocks if other.target_id in exclusive and other.step_number > clock.step_number]


def _in_time(clock: StepClock, above: Sequence[StepClock], target: Target) -> bool:
    if target.exclusive:
        return _by(clock.cleared_on, clock.due_on) and not _group_in_time(*above)
    return _by(clock.reached_on if target.counts_higher else clock.cleared_on, clock.due_on)


def _group_in_time(*clocks: StepClock) -> bool:
    return any(_by(clock.cleared_on, clock.due_on) for clock in clocks)


def duration_rows(cases: Sequence[CaseAt], rules: Rules) -> Iterator[tuple[Target, DurationTally]]:
    """Target and the days of one enrolment."""
    for case in cases:
        if case.enrolled_on > rules.as_of:
            continue
        for clock in case.clocks:
            if target := rules.targets.get(clock.target_id):
                any_higher = target.counts_higher or clock.target_id in rules.groups
                event_on = clock.reached_on if any_higher else clock.cleared_on
                yield target, _duration(case, event_on, rules)


def _duration(case: CaseAt, event_on: date | None, rules: Rules) -> DurationTally:
    stopped = case.exit_reason == ExitReason.PROJECT_ENDED and _by(case.exited_on, rules.as_of)
    last_on = case.exited_on if stopped and case.exited_on else rules.as_of
    cleared = _by(event_on, last_on)
    until = event_on if cleared and event_on else last_on
    place = bisect_left(rules.quarters, until) if cleared else 0
    return DurationTally(1, max((until - case.enrolled_on).days, 0), cleared, place)


def add_beginnings(result: Beginnings, cases: Sequence[CaseAt], rules: DeadlineRules) -> None:
    """Put the cases among the tallies about how enrolments began."""
    days = rules.of_each
    for case in cases:
        start_on = case.applied_on or case.referred_on
        refers = case.source in REFERRING
        if case.enrolled_on <= rules.as_of:
            result.enrolled += 1
            result.exited += _by(case.exited_on, rules.as_of)
            _add_planned(result, case, case.enrolled_on, Since.ENROLMENT, rules)
            if days.placement:
                placed = (case.first_placed_on, days.placement)
                tally = _deadline(case, case.enrolled_on, rules, placed, in_workdays=True)
                result.add((Awaits.PLACEMENT, Since.ENROLMENT), tally)
        if refers and start_on and start_on <= rules.as_of:
            _add_planned(result, case, start_on, Since.APPLICATION, rules)
            met = _deadline(case, start_on, rules, (case.first_met_on, days.first_meeting))
            result.add((Awaits.FIRST_MEETING, Since.APPLICATION), met)
        if refers and not start_on and case.enrolled_on <= rules.as_of:
            result.without_day += 1
        if case.planned_on and case.planned_on <= rules.as_of:
            followed = _deadline(case, case.planned_on, rules, (case.followed_up_on, days.follow_up))
            result.add((Awaits.FOLLOW_UP, Since.PLAN), followed)


def _add_planned(result: Beginnings, case: CaseAt, start_on: date, since: Since, rules: DeadlineRules) -> None:
    assessed, planned = (case.assessed_on, rules.assessment_days), (case.planned_on, rules.plan_days)
    for awaits, things in (
        (Awaits.ASSESSMENT, [assessed]),
        (Awaits.PLAN, [planned]),
        (Awaits.BOTH, [assessed, planned]),
    ):
        result.add((awaits, since), _deadline(case, start_on, rules, *things))


def _deadline(
    case: CaseAt, start_on: date, rules: DeadlineRules, *things: tuple[date | None, int], in_workdays: bool = False
) -> DeadlineTally:
    """`things`: the day of each that is to be done, and within how many days."""
    lasts = [last_day(start_on, days, in_workdays) for _, days in things]
    done = [day for day, _ in things if _by(day, rules.as_of)]
    is_done = len(done) == len(things)
    return DeadlineTally(
        count=1,
        due=max(lasts) < rules.as_of,
        within=is_done and all(_by(day, last) for (day, _), last in zip(things, lasts, strict=True)),
        left_before=_by(case.exited_on, min(rules.as_of, max(lasts) - timedelta(days=1))),
        days=max((day - start_on).days for day in done if day) if is_done else None,
    )


def _by(day: date | None, last: date | None) -> bool:
    """Whether it happened, at the latest on the last day; never where there is none."""
    return day is not None and last is not None and day <= last


def people(pairs: Iterable[tuple[Any, Any]]) -> Counter[Any]:
    """How many there are of each, whatever rows they are counted in."""
    counts: Counter[Any] = Counter()
    for key, tally in pairs:
        values = {name: getattr(tally, name) for name in tally.__slots__ if name != "count"}
        counts[key, *sorted(values.items(), key=repr)] += tally.count
    return +counts


def of_targets(tallies: Mapping[Target, Sequence[Any]]) -> Counter[Any]:
    return people((target, tally) for target, own in tallies.items() for tally in own)


def assert_steps(ground: Ground, cases: Sequence[CaseAt]) -> None:
    """The tallies of targets and of curves are what the cases say."""
    rows = list(step_rows(cases, ground.rules))
    for is_group, tallies in enumerate(ground.steps):
        assert of_targets(tallies) == people((target, tally) for target, group, tally in rows if group == is_group)
    assert of_targets(ground.durations) == people(duration_rows(cases, ground.rules))
