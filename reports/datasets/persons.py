"""The persons behind a number of the result page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from actionplans.models import StepClock
from participants.models import Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet
from reports.datasets.deadline_codes import with_days
from reports.datasets.limits import DeadlineRules
from reports.datasets.population import Population
from reports.datasets.starts import from_application, from_enrolment, never_enrolled
from reports.datasets.steps import Rules, due, never_due, says
from reports.statistics.steps import Target

# What a list can be of, by the word in its address.
STEP_LISTS: Mapping[str, str] = {
    "inskrivna": "Inskrivna",
    "tid-ute": "De vars tid har gått ut",
    "klarat": "De som klarade steget i tid",
    "inte-klarat": "De som inte klarade steget i tid",
    "inte-ute": "De vars tid inte har gått ut",
    "slutat": "De som slutade i förtid utan att ha klarat steget",
    "obedomda": "De som inte bedömdes i tid och inte klarade steget",
    "kvar": "De som var kvar på steget när tiden gick ut",
}
DEADLINE_LISTS: Mapping[str, str] = {
    "i-tid": "De som fick kartläggning och plan i tid",
    "sent": "De som inte fick kartläggning och plan i tid",
    "slutat": "De som slutade innan tiden gått ut",
    "inte-ute": "De vars tid inte har gått ut",
}


def step_list(population: Population, rules: Rules, target: Target, which: str) -> QuerySet[StepClock]:
    """The clocks that a number of the result table counts."""
    is_group = target in rules.groups.values()
    keys = [key for key, counted in (rules.groups if is_group else rules.targets).items() if counted == target]
    clocks = population.clocks().filter(target__in=keys, enrolled_on__lte=rules.as_of)
    return _picked(clocks, *_step_conditions(rules, is_group)[which]())


def _step_conditions(rules: Rules, is_group: bool) -> dict[str, Callable[[], tuple[Q, ...]]]:
    """The condition that must hold (first) and those that mustn't; a condition is put together only when it is asked
    for."""
    is_due = due(rules)
    left = is_due & Q(exited_on__lt=F("due_on"))
    cleared, seen = says("cleared_in_time", is_group=is_group), says("assessed", is_group=is_group)
    above = Q(pk__in=[]) if is_group else says("counted_above")
    return {
        "inskrivna": lambda: (Q(),),
        "tid-ute": lambda: (is_due,),
        "klarat": lambda: (is_due & cleared,),
        "inte-klarat": lambda: (is_due, cleared),
        "inte-ute": lambda: (Q(), is_due, never_due(rules)),
        "slutat": lambda: (left, cleared, above),
        "obedomda": lambda: (is_due, cleared, seen),
        "kvar": lambda: (is_due & says("held", is_group=is_group),),
    }


def deadline_list(
    population: Population, rules: DeadlineRules, *, is_from_application: bool, which: str
) -> EnrolmentQuerySet:
    """The enrolments that a number about kartläggning and plan counts."""
    start = from_application if is_from_application else from_enrolment
    is_due, has_left = Q(start_on__lt=rules.due_before), Q(exit_days__lt=rules.days)
    is_within = Q(assessed_days__lte=rules.assessment_days, planned_days__lte=rules.plan_days)
    wanted = {
        "i-tid": (is_due & is_within, has_left),
        "sent": (is_due, is_within, has_left),
        "slutat": (has_left,),
        "inte-ute": (Q(), is_due, has_left),
    }
    rows = start(population.enrolments, rules.as_of)
    return _picked(with_days(rows, rules, assessed_days="assessed_on", planned_days="planned_on"), *wanted[which])


def _picked(rows: QuerySet, wanted: Q, *unwanted: Q) -> Any:
    """Rows for which one condition holds and none of the others, where the unknown doesn't hold."""
    rows = rows.filter(wanted)
    for place, condition in enumerate(unwanted):
        held = Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = rows.annotate(**{f"not_{place}": held}).filter(**{f"not_{place}": False})
    return rows


def who(clocks: QuerySet[StepClock], rules: Rules, target: Target) -> EnrolmentQuerySet:
    """The clocks' enrolments, each with the day that clears the target (`cleared_on`), in time or not."""
    any_higher = target.counts_higher or target in rules.groups.values()
    own = StepClock.objects.filter(enrolment=OuterRef("pk"), step_number=target.step)
    day = Subquery(own.values("reached_on" if any_higher else "cleared_on")[:1])
    return Enrolment.objects.filter(pk__in=clocks.values("enrolment")).annotate(cleared_on=day)


def beside(population: Population, rules: DeadlineRules, which: str) -> int:
    """How many referrals that led to no enrolment a number counts, beside the enrolments."""
    if population.beside is None or which not in ("sent", "inte-ute"):
        return 0
    is_due = Q(start_on__lt=rules.due_before)
    waiting = never_enrolled(population, rules.as_of, None)
    return (waiting.filter(is_due) if which == "sent" else waiting.exclude(is_due)).count()
