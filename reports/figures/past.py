"""Figures as they were known at a moment in the past.

Clocks and the dates on an enrolment say what is known now. An enrolment whose facts haven't changed since the moment
had the same clock then, so only the changed ones are worked out anew from the facts as known, row by row, by the same
`clock_rows` that wrote the clocks. If the ladder or the targets have been decided anew since, all of them are.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Min, Q, QuerySet, Value

from actionplans.models import PlanRevision, StepAssessment, StepClock
from actionplans.steps.clock import ClockedEnrolment, Judgement, Rulebook, clock_rows
from participants.models import Assessment, EnrolmentEntry, Exit
from projects.models import Ladder, Project, TargetVersion
from reports.datasets import Population

_READ_BY_FIGURES = (EnrolmentEntry, Exit, StepAssessment, Assessment, PlanRevision)
# More changed enrolments than this are not listed one by one in a statement: then all are worked out anew.
_MOST_LISTED = 1000


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


@dataclass(frozen=True, slots=True)
class Past:
    """A population as known at a moment: those unchanged since, and the others as they were."""

    unchanged: Population
    changed: tuple[CaseAt, ...]


def past(population: Population, moment: datetime) -> Past:
    """Divide a population by whether its facts have changed since the moment."""
    changed, everything = _changed(population.project, moment)
    if not changed and not everything:
        return Past(population, ())
    if everything:
        return Past(population.nobody(), tuple(_cases(population, moment, None)))
    return Past(population.without(changed), tuple(_cases(population, moment, changed)))


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


def _cases(population: Population, moment: datetime, ids: list[int] | None) -> Iterator[CaseAt]:
    """The enrolments as the facts had them; those not begun then, or wrongly registered then, are not there."""
    chosen = _chosen(population, ids)
    book = rulebook_at(population.project, moment)
    entries = EnrolmentEntry.objects.known_at(moment).filter(chosen, is_void=False)
    exits = {ending.enrolment_id: ending for ending in Exit.objects.known_at(moment).filter(chosen)}
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
