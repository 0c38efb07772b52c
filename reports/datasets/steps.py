"""Tallies about steps, from the step clock: which targets were cleared in time, and how many days each step took.

A clock says itself how it stands to its due day and when its curve rises (`actionplans.steps.tally_code`); only
whether those days have come is asked here. So each statement walks along an index that holds all it reads, in the
order in which it counts (docs/adr/0039).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.lookups import Exact

from actionplans.models import StepClock
from actionplans.steps.tally_code import ClockSaid, bit_of, read_code, read_rise
from core.days.dates import quarter_of
from core.days.periods import lasts_through
from reports.datasets.population import Population
from reports.statistics.curves import DurationTally
from reports.statistics.steps import StepTally, Target


@dataclass(frozen=True, slots=True)
class Rules:
    """How step clocks are counted: the as-of day and the targets in force.

    `targets`: by the key of their row; rows that say the same (in two versions) share a target.
    `groups`: the key of the lowest target of each exclusive group → what the group is to reach together.
    `quarters`: the last days of the quarters that tallies are told apart by, where they are; one after another.
    """

    as_of: date
    targets: Mapping[int, Target]
    groups: Mapping[int, Target] = field(default_factory=dict)
    beyond_control: tuple[str, ...] = ()
    quarters: tuple[date, ...] = ()

    def place_of(self, quarter: int) -> int:
        """The place of a quarter among those asked for; past the last one it is one more, and without any 0."""
        if not self.quarters:
            return 0
        place = quarter - quarter_of(self.quarters[0])
        return 0 if place < 0 else min(place, len(self.quarters))


class StepTallies(NamedTuple):
    """Tallies by target, and by what each exclusive group is to reach together."""

    single: dict[Target, list[StepTally]]
    combined: dict[Target, list[StepTally]]


class ClockCounts(NamedTuple):
    """How many clocks have one code, of how many of them the due day has come, and the day of the project's end."""

    begun: int
    due: int
    ended: int


def step_tallies(population: Population, rules: Rules) -> StepTallies:
    """How many enrolments are alike for each target, as of the day; one statement."""
    result = StepTallies(defaultdict(list), defaultdict(list))
    for key, code, *counts in population.of_clocks(_codes, rules.as_of):
        said, counted = read_code(code), ClockCounts(*counts)
        result.single[rules.targets[key]].extend(_tallies(said, counted, rules, is_group=False))
        if key in rules.groups:
            result.combined[rules.groups[key]].extend(_tallies(said, counted, rules, is_group=True))
    return result


def _codes(clocks: QuerySet[StepClock], on: Any) -> QuerySet[StepClock, Any]:
    """Rows of: the target's key, what clocks say of it, and the parts of a `ClockCounts`."""
    begun = clocks.filter(code__isnull=False, enrolled_on__lte=on).order_by()
    come, ended = Q(due_on__lte=on), Q(stopped_on__lte=on)
    counts = {"begun": Count("code"), "due": Count("code", filter=come), "ended": Count("code", filter=ended)}
    return begun.values_list("target", "code").annotate(**counts)


def _tallies(said: ClockSaid, counted: ClockCounts, rules: Rules, *, is_group: bool) -> Iterator[StepTally]:
    """The tallies of clocks of one code: of those due, those never due, and those whose day is still to come."""
    due, never = (0, counted.ended) if said.is_never_due else (counted.due, 0)
    quarter = rules.place_of(said.due_quarter)
    if due:
        yield StepTally(
            count=due,
            due=True,
            never_due=False,
            cleared_in_time=said.group_cleared if is_group else said.cleared_in_time,
            left_before_due=said.left_before_due,
            beyond_control=said.left_for in rules.beyond_control,
            assessed=said.group_assessed if is_group else said.assessed,
            held=said.group_held if is_group else said.held,
            counted_above=said.counted_above and not is_group,
            quarter=quarter,
        )
    if never:
        yield StepTally(never, False, True, False, False, False, False, False, quarter=quarter)
    if coming := counted.begun - due - never:
        comes_in = said.due_quarter
        yield StepTally(coming, False, False, False, False, False, False, False, quarter=quarter, due_quarter=comes_in)


def says(flag: str, *, is_group: bool = False) -> Q:
    """Whether a clock says so: by a part of a `StepTally`, of its own target or of what its group is to reach."""
    of_group = {"cleared_in_time": "group_cleared", "assessed": "group_assessed", "held": "group_held"}
    bit = bit_of(of_group[flag] if is_group else flag)
    return Q(Exact(F("code").bitand(bit), bit))


def never_due(rules: Rules) -> Q:
    """Left because the project ended, before the due day."""
    return Q(stopped_on__lt=F("due_on"), stopped_on__lte=rules.as_of)


def due(rules: Rules) -> Q:
    """The due day has come, and the project hadn't ended for them by then."""
    return Q(due_on__lte=rules.as_of) & (Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("due_on")))


def duration_tallies(population: Population, rules: Rules) -> dict[Target, list[DurationTally]]:
    """Days from enrolment to the step, or to the day that each was last followed; one statement."""
    found: dict[int, list[DurationTally]] = defaultdict(list)
    waiting: Counter[tuple[int, int]] = Counter()
    for key, enrolled_on, stopped_on, rise, count in population.of_clocks(_durations, rules.as_of):
        if rise is None:
            last_on = min(stopped_on, rules.as_of) if stopped_on else rules.as_of
            waiting[key, max((last_on - enrolled_on).days, 0)] += count
        else:
            quarter, days = read_rise(rise)
            found[key].append(DurationTally(count, days, cleared=True, quarter=rules.place_of(quarter)))
    for (key, days), count in waiting.items():
        found[key].append(DurationTally(count, days, cleared=False))
    result: dict[Target, list[DurationTally]] = defaultdict(list)
    for key, tallies in found.items():
        result[rules.targets[key]] += tallies
    return result


def _durations(clocks: QuerySet[StepClock], on: Any) -> QuerySet[StepClock, Any]:
    """Rows of: the target's key, from and until which day they are followed, the quarter and the days until the step
    was cleared (`read_rise`), and how many clocks say so. None in place of the days for those who have cleared it, and
    in place of the last for the others."""
    begun, no_day = clocks.filter(enrolled_on__lte=on).order_by(), Value(None, DateField())
    waiting = begun.filter(lasts_through("event_on", on), code__isnull=False)
    waiting = waiting.annotate(cleared=Value(None, IntegerField()))
    risen = begun.filter(rise__isnull=False, event_on__lte=on)
    risen = risen.annotate(since=no_day, until=no_day)
    of_waiting = waiting.values_list("target", "enrolled_on", "stopped_on", "cleared").annotate(count=Count("code"))
    of_risen = risen.values_list("target", "since", "until", "rise").annotate(count=Count("rise"))
    return of_waiting.union(of_risen, all=True)
