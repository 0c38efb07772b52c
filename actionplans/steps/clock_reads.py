"""The facts and rules that a clock is worked out from. About one case, as when something is saved, they are asked for
by questions that are compiled once (ADR 38)."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Coalesce

from actionplans.models import StepAssessment, StepClock
from core.prepared.questions import prepared
from projects.models import Ladder, ResultTarget, TargetVersion

Ladders = tuple[tuple[date, tuple[int, ...]], ...]
Targets = tuple[tuple[date, tuple[ResultTarget, ...]], ...]


def judgements_of(ids: Sequence[int]) -> Iterable[Any]:
    """Rows of the current judgements, in the order in which they were first written: the enrolment's key, the step's
    number, the day, the outcome and the day it was cleared. One query."""
    if len(ids) == 1:
        return _judgements_of_one.ask(enrolment=ids[0])
    return _judgements(StepAssessment.objects.filter(enrolment__in=ids))


def _judgements(facts: Any) -> QuerySet[StepAssessment, Any]:
    rows = facts.current().order_by(
        "enrolment_id", Coalesce("first__recorded_at", "recorded_at"), Coalesce("first_id", "pk")
    )
    return rows.values_list("enrolment_id", "step__number", "concerns_on", "outcome", "cleared_on")


@prepared(enrolment=BigIntegerField())
def _judgements_of_one(*, enrolment: Any) -> QuerySet[StepAssessment, Any]:
    return _judgements(StepAssessment.objects.filter(enrolment=enrolment))


def clocks_kept(ids: Sequence[int]) -> Iterable[StepClock]:
    """The clocks of these enrolments as they are kept. One query."""
    return _clocks_of_one.ask(enrolment=ids[0]) if len(ids) == 1 else StepClock.objects.filter(enrolment__in=ids)


@prepared(enrolment=BigIntegerField())
def _clocks_of_one(*, enrolment: Any) -> QuerySet[StepClock]:
    return StepClock.objects.filter(enrolment=enrolment)


def ladders_of(project: int) -> Ladders:
    """The step numbers of each version of the ladder that holds now, by the day it is valid from. One query."""
    rows = groupby(_ladders.ask(project=project), key=lambda row: row[:2])
    return tuple(
        (valid_from, tuple(number for _, _, number in steps if number is not None)) for (_, valid_from), steps in rows
    )


@prepared(project=BigIntegerField())
def _ladders(*, project: Any) -> QuerySet[Ladder, Any]:
    versions = Ladder.objects.filter(project=project).current()
    rows = versions.order_by("valid_from", "recorded_at", "pk", "steps__number")
    return rows.values_list("pk", "valid_from", "steps__number")


_OF_TARGET = ("id", "version_id", "step_number", "months", "percent", "counts_higher", "exclusive")


def targets_of(project: int) -> Targets:
    """The targets of each version of them that holds now, by the day it is valid from. One query."""
    rows = groupby(_targets.ask(project=project), key=lambda row: row[:2])
    return tuple(
        (valid_from, tuple(ResultTarget.from_db(None, _OF_TARGET, said) for _, _, *said in targets if said[0]))
        for (_, valid_from), targets in rows
    )


@prepared(project=BigIntegerField())
def _targets(*, project: Any) -> QuerySet[TargetVersion, Any]:
    versions = TargetVersion.objects.filter(project=project).current()
    rows = versions.order_by("valid_from", "recorded_at", "pk", "targets__step_number")
    return rows.values_list("pk", "valid_from", *(f"targets__{name}" for name in _OF_TARGET))
