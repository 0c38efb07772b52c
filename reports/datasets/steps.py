"""Tallies about steps, from the step clock."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from actionplans.models import StepClock
from projects.enums import ExitReason
from reports.datasets.flags import pack, unpack
from reports.datasets.sql import DaysBetween
from reports.statistics.curves import DurationTally
from reports.statistics.steps import StepTally, Target

BY_DUE = F("due_on")
LEFT = Q(exited_on__lt=BY_DUE)
STOPPED = Q(exit_reason=ExitReason.PROJECT_ENDED)


@dataclass(frozen=True, slots=True)
class Rules:
    """How step clocks are counted: the as-of day and the targets in force.

    `targets`: by the key of their row; rows that say the same (in two versions) share a target.
    `groups`: the key of the lowest target of each exclusive group → what the group is to reach together.
    `quarters`: the ends of quarters that tallies are told apart by, where they are.
    """

    as_of: date
    targets: Mapping[int, Target]
    groups: Mapping[int, Target] = field(default_factory=dict)
    beyond_control: tuple[str, ...] = ()
    quarters: tuple[date, ...] = ()

    def quarter_of(self, due_on: date) -> int:
        """The place of the quarter that the day is in; past the last one it is one more."""
        return bisect_left(self.quarters, due_on)

    def keys(self, *, exclusive: bool, higher: bool | None = None) -> list[int]:
        """Targets of one kind."""
        return [
            key
            for key, target in self.targets.items()
            if target.exclusive == exclusive and higher in (None, target.counts_higher)
        ]

    def target_of(self, clock: StepClock) -> Target | None:
        """The target that the clock runs for."""
        return self.targets.get(clock.target_id) if clock.target_id else None

    def group_of(self, clock: StepClock) -> Target | None:
        """The target that the clock's exclusive group is to reach together. None but for the clock of the group's
        lowest step."""
        return self.groups.get(clock.target_id) if clock.target_id else None

    def own_curve(self) -> list[int]:
        """Targets whose curve is of that very step. The lowest of an exclusive group stands for the whole group."""
        exclusive = [key for key in self.keys(exclusive=True) if key not in self.groups]
        return [*self.keys(exclusive=False, higher=False), *exclusive]


def never_due(rules: Rules) -> Q:
    """Left because the project ended, before the due day."""
    return STOPPED & LEFT & Q(exited_on__lte=rules.as_of)


def due(rules: Rules) -> Q:
    """The due day has come, and the project hadn't ended for them by then."""
    stayed = Q(exited_on__isnull=True) | Q(exited_on__gte=BY_DUE) | ~STOPPED
    return Q(due_on__lte=rules.as_of) & stayed


def in_time(rules: Rules) -> Q:
    """Cleared by the due day, by each target's own rule; of an exclusive group only the highest one counts."""
    own, higher = Q(cleared_on__lte=BY_DUE), Q(reached_on__lte=BY_DUE)
    highest = own & ~_above(rules, cleared_on__lte=BY_DUE)
    return (
        (Q(target__in=rules.keys(exclusive=False, higher=True)) & higher)
        | (Q(target__in=rules.keys(exclusive=False, higher=False)) & own)
        | (Q(target__in=rules.keys(exclusive=True)) & highest)
    )


def assessed(rules: Rules) -> Q:
    """The step itself was assessed by the due day, or cleared in time."""
    return Q(assessed_on__lte=BY_DUE) | in_time(rules)


def group_in_time(rules: Rules) -> Q:
    """Any step of the exclusive group was cleared by the due day."""
    return Q(reached_on__lte=BY_DUE) & (Q(cleared_on__lte=BY_DUE) | _above(rules, cleared_on__lte=BY_DUE))


def group_assessed(rules: Rules) -> Q:
    """Any step of the exclusive group was assessed by the due day."""
    return Q(assessed_on__lte=BY_DUE) | group_in_time(rules) | _above(rules, assessed_on__lte=BY_DUE)


def group_held(rules: Rules) -> Q:
    """Any step of the exclusive group was held when the due day ended."""
    return Q(held_on_due=True) | (Q(reached_on__lte=BY_DUE) & _above(rules, held_on_due=True))


def counted_above(rules: Rules) -> Q:
    """A higher step of the exclusive group was cleared in time: the enrolment counts there."""
    return Q(target__in=rules.keys(exclusive=True)) & _above(rules, cleared_on__lte=BY_DUE)


def _above(rules: Rules, **condition: Any) -> Q:
    """A higher step of the same enrolment and of the exclusive group."""
    others = StepClock.objects.filter(
        enrolment=OuterRef("enrolment"),
        step_number__gt=OuterRef("step_number"),
        target__in=rules.keys(exclusive=True),
        **condition,
    )
    return Q(Exists(others))


class StepTallies(NamedTuple):
    """Tallies by target, and by what each exclusive group is to reach together."""

    single: dict[Target, list[StepTally]]
    combined: dict[Target, list[StepTally]]


def step_tallies(clocks: QuerySet[StepClock], rules: Rules) -> StepTallies:
    """How many enrolments are alike for each target, as of the day; one statement."""
    rows = _grouped(clocks, rules, is_group=False)
    if rules.groups:
        rows = rows.union(_grouped(clocks, rules, is_group=True), all=True)
    result = StepTallies(defaultdict(list), defaultdict(list))
    for is_group, key, code, count in rows:
        target = rules.groups[key] if is_group else rules.targets[key]
        result[bool(is_group)][target].append(StepTally(count=count, **unpack(code, _FLAGS), quarter=code // _QUARTER))
    return result


def conditions(rules: Rules, *, is_group: bool = False) -> dict[str, Q]:
    """Conditions on the clock of an enrolment that is due, by the name of the part of a `StepTally` that each fills."""
    return {
        "cleared_in_time": group_in_time(rules) if is_group else in_time(rules),
        "left_before_due": LEFT,
        "beyond_control": LEFT & Q(exit_reason__in=rules.beyond_control),
        "assessed": group_assessed(rules) if is_group else assessed(rules),
        "held": group_held(rules) if is_group else Q(held_on_due=True),
        "counted_above": Q(pk__in=[]) if is_group else counted_above(rules),
    }


def begun(clocks: QuerySet[StepClock], rules: Rules, *, is_group: bool = False) -> QuerySet[StepClock]:
    """The clocks of those enrolled by the day; of a group only the lowest step's, found by index."""
    started = clocks.filter(enrolled_on__lte=rules.as_of)
    if not is_group:
        return started.filter(target__in=rules.targets)
    return started.filter(target__in=rules.groups, step_number__in={group.step for group in rules.groups.values()})


# The flags of a tally, from the lowest bit; above them stands the place of the quarter. The conditions are asked of
# clocks that are due alone, since some of them are a look among the enrolment's other steps.
_CONDITIONS = ("cleared_in_time", "left_before_due", "beyond_control", "assessed", "held", "counted_above")
_FLAGS = (*_CONDITIONS, "due", "never_due")
_DUE, _NEVER_DUE = 1 << len(_CONDITIONS), 2 << len(_CONDITIONS)
_QUARTER = 1 << len(_FLAGS)


def _grouped(clocks: QuerySet[StepClock], rules: Rules, *, is_group: bool) -> QuerySet[StepClock, Any]:
    """Rows of: whether it is a group's target, the target's key, the packed number, and how many clocks have it."""
    flags = conditions(rules, is_group=is_group)
    due_code = pack({name: flags[name] for name in _CONDITIONS}) + _DUE
    code = Case(When(due(rules), then=due_code), When(never_due(rules), then=_NEVER_DUE), default=0)
    return (
        begun(clocks, rules, is_group=is_group)
        .annotate(is_group=Value(is_group), code=code + _quarter(rules, "due_on", _QUARTER))
        .values_list("is_group", "target", "code")
        .annotate(count=Count("pk"))
    )


def _quarter(rules: Rules, column: str, unit: int) -> Case | Value:
    """The place of the quarter that a column's day is in, times `unit`; 0 where no quarters are asked for."""
    if not rules.quarters:
        return Value(0)
    whens = [When(**{f"{column}__lte": end}, then=place * unit) for place, end in enumerate(rules.quarters)]
    return Case(*whens, default=len(rules.quarters) * unit)


def duration_tallies(clocks: QuerySet[StepClock], rules: Rules) -> dict[Target, list[DurationTally]]:
    """Days from enrolment to the step, or to the day that each was last followed; one statement."""
    own, any_higher = _curve_kinds(rules)
    code = Case(
        When(own & _cleared_while_followed("cleared_on", rules), then=_cleared(rules, "cleared_on")),
        When(any_higher & _cleared_while_followed("reached_on", rules), then=_cleared(rules, "reached_on")),
        When(STOPPED & Q(exited_on__lte=rules.as_of), then=_followed(F("exited_on"))),
        default=_followed(Value(rules.as_of, DateField())),
        output_field=IntegerField(),
    )
    rows = begun(clocks, rules).annotate(code=code).values_list("target", "code").annotate(count=Count("pk"))
    result: dict[Target, list[DurationTally]] = defaultdict(list)
    for key, said, count in rows:
        place, twice = divmod(said, _FAR)
        result[rules.targets[key]].append(DurationTally(count, twice // 2, bool(twice % 2), place))
    return result


# Twice the days, and one more for those who cleared; above that, which no life is as long as, the quarter.
_FAR = 1 << 20


def _cleared(rules: Rules, column: str) -> Any:
    return Greatest(_days_to(F(column)), Value(0)) * 2 + 1 + _quarter(rules, column, _FAR)


def _followed(day: F | Value) -> Any:
    return Greatest(_days_to(day), Value(0)) * 2


def _days_to(day: F | Value) -> DaysBetween:
    return DaysBetween(day, F("enrolled_on"))


def _curve_kinds(rules: Rules) -> tuple[Q, Q]:
    """Targets whose curve is of the step itself, and those whose curve is of the step or a higher one."""
    own = rules.own_curve()
    return Q(target__in=own), Q(target__in=[key for key in rules.targets if key not in own])


def _cleared_while_followed(column: str, rules: Rules) -> Q:
    """Cleared by the as-of day, and not after the project had ended for them."""
    followed = ~STOPPED | Q(exited_on__isnull=True) | Q(exited_on__gte=F(column))
    return Q(**{f"{column}__lte": rules.as_of}) & followed
