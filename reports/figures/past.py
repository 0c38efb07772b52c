"""Figures as they were known at a moment in the past.

Clocks and the dates on an enrolment say what is known now. An enrolment whose facts haven't changed since the moment
had the same clock then, so only the changed ones are worked out anew from the facts as known, by the `clock_rows` that
wrote the clocks, and stand in tables of their own for as long as figures are counted from them: the datasets ask both
tables the same question. If the ladder or the targets have been decided anew since, all are worked out anew.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, islice
from typing import Any

from django.db.models import BooleanField, Min, Q, QuerySet, Value

from actionplans.models import PlanRevision, StepAssessment, StepClock
from actionplans.steps.clock import ClockedEnrolment, Judgement, Rulebook, clock_rows
from participants.models import Assessment, EnrolmentEntry, Exit
from projects.models import Ladder, Project, TargetVersion
from reports.datasets import Population
from reports.datasets.past_tables import PastClock, PastEnrolment, fill, past_tables

_READ_BY_FIGURES = (EnrolmentEntry, Exit, StepAssessment, Assessment, PlanRevision)
# More changed enrolments than this are not listed one by one in a statement: then all are worked out anew.
_MOST_LISTED = 1000
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class CaseAt:
    """An enrolment as the facts had it at the moment."""

    enrolment: int
    enrolled_on: date
    exited_on: date | None
    exit_reason: str
    source: str
    applied_on: date | None
    referred_on: date | None
    assessed_on: date | None
    planned_on: date | None
    clocks: tuple[StepClock, ...]


@contextmanager
def as_known(population: Population, moment: datetime | None) -> Iterator[tuple[Population, ...]]:
    """The population as it was known at the moment (now, without one), in parts that are counted each by itself.

    One part where nothing has changed since; else those unchanged, and those changed as they were.
    """
    changed, everything = _changed(population.project, moment) if moment else ([], False)
    if moment is None or not (changed or everything):
        yield (population,)
        return
    with past_tables():
        _fill_tables(cases_at(population, moment, None if everything else changed))
        if everything:
            yield (Population.of_past(population.project, population.beside),)
        else:
            yield population.without(changed), Population.of_past(population.project)


def _fill_tables(cases: Iterator[CaseAt]) -> None:
    """In chunks, so that a hundred thousand cases are never in memory at once."""
    numbers = count(1)
    while chunk := list(islice(cases, _CHUNK)):
        fill(_past_enrolment(case) for case in chunk)
        fill(_past_clock(next(numbers), case.enrolment, clock) for case in chunk for clock in case.clocks)


def _past_enrolment(case: CaseAt) -> PastEnrolment:
    names = (field.name for field in PastEnrolment._meta.concrete_fields if not field.primary_key)
    return PastEnrolment(pk=case.enrolment, **{name: getattr(case, name) for name in names})


def _past_clock(number: int, enrolment: int, clock: StepClock) -> PastClock:
    own = ("id", "enrolment", "target")
    names = (field.name for field in PastClock._meta.concrete_fields if field.name not in own)
    values = {name: getattr(clock, name) for name in names}
    return PastClock(id=number, enrolment=enrolment, target=clock.target_id, **values)


def _changed(project: Project, moment: datetime) -> tuple[list[int], bool]:
    """Enrolments that something was written about since, and whether all must be worked out anew; one statement."""
    since = Q(recorded_at__gt=moment) | Q(superseded_at__gt=moment)
    parts: list[QuerySet[Any, Any]] = [
        model.objects.filter(since, enrolment__project=project)
        .order_by()
        .annotate(is_version=Value(False, BooleanField()))
        .values_list("enrolment_id", "is_version")
        for model in _READ_BY_FIGURES
    ]
    parts += [
        model.objects.filter(since, project=project)
        .order_by()
        .annotate(is_version=Value(True, BooleanField()))
        .values_list("pk", "is_version")
        for model in (Ladder, TargetVersion)
    ]
    rows = set(parts[0].union(*parts[1:]))
    ids = sorted(key for key, is_version in rows if not is_version)
    return ids, len(ids) > _MOST_LISTED or any(is_version for _, is_version in rows)


def cases_at(population: Population, moment: datetime, ids: list[int] | None) -> Iterator[CaseAt]:
    """The enrolments (all without `ids`) as the facts had them; without those not begun or wrongly registered then."""
    chosen = _chosen(population, ids)
    book = rulebook_at(population.project, moment)
    entries = EnrolmentEntry.objects.known_at(moment).filter(chosen, is_void=False)
    exits = {gone.enrolment_id: gone for gone in Exit.objects.known_at(moment).filter(chosen)}
    judged = _judgements(chosen, moment)
    assessed = _first(Assessment.objects.known_at(moment).filter(chosen))
    planned = _first(PlanRevision.objects.known_at(moment).filter(chosen, is_complete=True))
    for entry in entries:
        key = entry.enrolment_id
        gone = exits.get(key)
        case = ClockedEnrolment(entry.concerns_on, gone.concerns_on if gone else None, gone.reason if gone else "")
        rows = clock_rows(case, judged[key], book.targets_for(entry.concerns_on), book.steps_for(entry.concerns_on))
        yield CaseAt(
            enrolment=key,
            enrolled_on=case.enrolled_on,
            exited_on=case.exited_on,
            exit_reason=case.exit_reason,
            source=entry.source,
            applied_on=entry.applied_on,
            referred_on=entry.referred_on,
            assessed_on=assessed.get(key),
            planned_on=planned.get(key),
            clocks=tuple(rows),
        )


def _chosen(population: Population, ids: list[int] | None) -> Q:
    """Condition on a fact. A whole project has no list of its own: who was wrongly registered is asked of the facts."""
    which = Q(enrolment__project=population.project)
    if ids is not None:
        which &= Q(enrolment__in=ids)
    return which if population.is_whole else which & Q(enrolment__in=population.enrolments)


def _judgements(chosen: Q, moment: datetime) -> dict[int, list[Judgement]]:
    rows = (
        StepAssessment.objects.known_at(moment)
        .filter(chosen)
        .order_by("enrolment_id", "recorded_at", "pk")
        .values_list("enrolment_id", "step__number", "concerns_on", "outcome", "cleared_on")
    )
    found: dict[int, list[Judgement]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Judgement(*row[1:]))
    return found


def _first(facts: QuerySet[Any]) -> dict[int, date]:
    return dict(facts.order_by().values_list("enrolment_id").annotate(first=Min("concerns_on")))


def rulebook_at(project: Project, moment: datetime) -> Rulebook:
    """Ladders and targets as decided by the moment."""
    ladders = versions_at(Ladder.objects.filter(project=project), moment).prefetch_related("steps")
    targets = versions_at(TargetVersion.objects.filter(project=project), moment).prefetch_related("targets")
    return Rulebook(
        tuple((ladder.valid_from, tuple(step.number for step in ladder.steps.all())) for ladder in ladders),
        tuple((version.valid_from, tuple(version.targets.all())) for version in targets),
    )


def versions_at(versions: QuerySet[Any], moment: datetime | None) -> QuerySet[Any]:
    """The versions that held at the moment, or hold now, by the day they are valid from."""
    now = Q(superseded_at__isnull=True)
    held = Q(now | Q(superseded_at__gt=moment), recorded_at__lte=moment) if moment else now
    return versions.filter(held).order_by("valid_from")
