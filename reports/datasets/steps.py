"""Tallies about steps, from the step clock."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from actionplans.models import StepClock
from participants.enums import ExitReason
from reports.datasets.sql import DaysBetween, flag
from reports.tallies import DurationTally, StepTally, Target

BY_DUE = F("due_on")
LEFT = Q(exited_on__lt=BY_DUE)
STOPPED = Q(exit_reason=ExitReason.PROJECT_ENDED)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides how a clock is read.

    `targets`: by the key of their row; rows that say the same (in two versions) share a target.
    `groups`: the key of the lowest target of each exclusive group → what the group is to reach together.
    """

    as_of: date
    targets: Mapping[int, Target]
    groups: Mapping[int, Target] = field(default_factory=dict)
    beyond_control: tuple[str, ...] = ()

    def keys(self, *, exclusive: bool, higher: bool | None = None) -> list[int]:
        """Targets of one kind."""
        return [
            key
            for key, target in self.targets.items()
            if target.exclusive == exclusive and higher in (None, target.counts_higher)
        ]

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
    rows = _alike(described(clocks, rules))
    if rules.groups:
        rows = rows.union(_alike(described(clocks, rules, is_group=True)), all=True)
    result = StepTallies(defaultdict(list), defaultdict(list))
    for is_group, key, *flags, count in rows:
        target = rules.groups[key] if is_group else rules.targets[key]
        result[bool(is_group)][target].append(StepTally(count, *map(bool, flags)))
    return result


# In the order of StepTally's fields.
FLAGS = ("is_due", "is_never_due", "is_in_time", "has_left", "is_beyond", "is_assessed", "is_held")


def described(clocks: QuerySet[StepClock], rules: Rules, *, is_group: bool = False) -> QuerySet[StepClock]:
    """The clocks of those enrolled by the day, each with what the tallies say about it."""
    cleared = group_in_time(rules) if is_group else in_time(rules)
    seen = group_assessed(rules) if is_group else assessed(rules)
    kept = group_held(rules) if is_group else Q(held_on_due=True)
    is_due = due(rules)
    conditions = (
        is_due,
        never_due(rules),
        is_due & cleared,
        is_due & LEFT,
        is_due & LEFT & Q(exit_reason__in=rules.beyond_control),
        is_due & seen,
        is_due & kept,
    )
    return clocks.filter(target__in=rules.groups if is_group else rules.targets, enrolled_on__lte=rules.as_of).annotate(
        is_group=Value(is_group), **{name: flag(condition) for name, condition in zip(FLAGS, conditions, strict=True)}
    )


def _alike(clocks: QuerySet[StepClock]) -> QuerySet[StepClock, Any]:
    return clocks.values_list("is_group", "target", *FLAGS).annotate(count=Count("pk"))


def duration_tallies(clocks: QuerySet[StepClock], rules: Rules) -> dict[Target, list[DurationTally]]:
    """Days from enrolment to the step, or to the day that each was last followed; one statement."""
    until = Case(
        When(is_cleared=True, then="event_on"),
        When(STOPPED & Q(exited_on__lte=rules.as_of), then="exited_on"),
        default=Value(rules.as_of),
        output_field=DateField(),
    )
    rows = (
        clocks.filter(target__in=rules.targets, enrolled_on__lte=rules.as_of)
        .annotate(event_on=Case(When(target__in=rules.own_curve(), then="cleared_on"), default="reached_on"))
        .annotate(is_cleared=flag(_cleared_while_followed(rules)))
        .annotate(days=Greatest(DaysBetween(until, F("enrolled_on")), Value(0)))
        .values_list("target", "days", "is_cleared")
        .annotate(count=Count("pk"))
    )
    result: dict[Target, list[DurationTally]] = defaultdict(list)
    for key, days, cleared, count in rows:
        result[rules.targets[key]].append(DurationTally(count, days, cleared))
    return result


def _cleared_while_followed(rules: Rules) -> Q:
    """Cleared by the as-of day, and not after the project had ended for them."""
    followed = ~STOPPED | Q(exited_on__isnull=True) | Q(exited_on__gte=F("event_on"))
    return Q(event_on__lte=rules.as_of) & followed
