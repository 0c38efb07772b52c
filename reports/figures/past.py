"""Figures as they were known at a moment in the past.

Clocks and the dates on an enrolment say what is known now. An enrolment whose facts haven't changed since the moment
had the same clock then, so only the changed ones are worked out anew from the facts as known, by the `clock_rows` that
wrote the clocks, and stand in place of theirs while figures are counted. If the ladder or the targets have been decided
anew since, all are worked out anew.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db.models import BooleanField, F, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from actionplans.models import Meeting, PlanRevision, StepAssessment, StepClock
from actionplans.plans.firsts import first_days
from actionplans.steps.clock import ClockedEnrolment, Judgement, Rulebook, clock_rows
from participants.models import Assessment, Enrolment, EnrolmentEntry, Exit, PlacementPeriod
from projects.models import Ladder, Project, TargetVersion
from reports.datasets.past_tables import PastRows, PastTables
from reports.datasets.sql import JsonKeys

_READ_BY_FIGURES = (EnrolmentEntry, Exit, StepAssessment, Assessment, PlanRevision)
# Of these only the first count, by the day that the enrolment keeps of them.
_FIRST_OF = ((Meeting, ("first_met_on", "followed_up_on")), (PlacementPeriod, ("first_placed_on",)))
# What is worked out from facts; the rest (whose it is, next contact) is what the enrolment says now.
_OF_CLOCK = frozenset(field.attname for field in StepClock._meta.concrete_fields) - {"enrolment_id", "project_id"}
_OF_ENROLMENT = frozenset(
    "source applied_on referred_on enrolled_on exited_on exit_reason is_void assessed_on planned_on "
    "first_met_on first_placed_on followed_up_on".split()
)


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
    first_met_on: date | None
    first_placed_on: date | None
    followed_up_on: date | None
    clocks: tuple[StepClock, ...]


def past_tables(project: Project, moment: datetime) -> PastTables | None:
    """The tables that figures read in place of those of now; None where nothing has changed since the moment.

    One statement, and ten more at most where something has.
    """
    changed, everything = _changed(project, moment)
    if not changed and not everything:
        return None
    replaced = None if everything else changed
    cases = list(cases_at(project, moment, replaced))
    numbers = count(-1, -1)
    clocks = {case.enrolment: [_clock_row(next(numbers), clock) for clock in case.clocks] for case in cases}
    enrolments = {case.enrolment: [_enrolment_row(case)] for case in cases}
    return PastTables.of(
        project.pk,
        replaced,
        PastRows(StepClock, _OF_CLOCK, clocks),
        PastRows(Enrolment, _OF_ENROLMENT, enrolments),
    )


def _enrolment_row(case: CaseAt) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _OF_ENROLMENT if name != "is_void"} | {"is_void": False}


def _clock_row(number: int, clock: StepClock) -> dict[str, Any]:
    """A row of the clock table, under a number that no clock of now has."""
    return {name: getattr(clock, name) for name in _OF_CLOCK} | {"id": number}


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
        model.objects.filter(_moves_a_first(moment, columns), enrolment__project=project)
        .order_by()
        .annotate(is_version=Value(False, BooleanField()))
        .values_list("enrolment_id", "is_version")
        for model, columns in _FIRST_OF
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
    return ids, any(is_version for _, is_version in rows)


def _moves_a_first(moment: datetime, columns: Sequence[str]) -> Q:
    """A condition on a fact: it may have made the first of its sort another than it was at the moment.

    One that stands now and didn't then can only be the first itself; there is hardly a case without a later meeting.
    """
    came = Q(recorded_at__gt=moment) | Q(here_since__gt=moment)
    is_first = Q(concerns_on__in=[F(f"enrolment__{column}") for column in columns])
    went = Q(superseded_at__gt=moment, recorded_at__lte=moment)
    return (came & is_first & Q(superseded_at__isnull=True)) | went


def cases_at(project: Project, moment: datetime, ids: Sequence[int] | None) -> Iterator[CaseAt]:
    """The enrolments (all, without `ids`) as the facts had them, without those not begun or wrongly registered then.

    Ten statements at most, however many there are.
    """
    chosen = Q(enrolment__project=project) if ids is None else Q(enrolment__in=JsonKeys(ids))
    book = rulebook_at(project, moment)
    entries = EnrolmentEntry.objects.known_at(moment).filter(chosen, is_void=False)
    exits = {ending.enrolment_id: ending for ending in Exit.objects.known_at(moment).filter(chosen)}
    judged = _judgements(chosen, moment)
    assessed = _first(Assessment.objects.known_at(moment).filter(chosen))
    planned = _first(PlanRevision.objects.known_at(moment).filter(chosen, is_complete=True))
    firsts = first_days(chosen, moment)
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
            first_met_on=firsts.first_met_on.get(key),
            first_placed_on=firsts.first_placed_on.get(key),
            followed_up_on=firsts.followed_up_on.get(key),
            clocks=tuple(rows),
        )


def _judgements(chosen: Q, moment: datetime) -> dict[int, list[Judgement]]:
    rows = (
        StepAssessment.objects.known_at(moment)
        .filter(chosen)
        .order_by("enrolment_id", Coalesce("first__recorded_at", "recorded_at"), Coalesce("first_id", "pk"))
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
