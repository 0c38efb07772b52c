"""`Enrolment.first_step_on`: the first day of a step that nobody has judged."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BigIntegerField, Min, OuterRef, QuerySet, Subquery

from actionplans.models import StepClock
from actionplans.steps.clock import clocks_changed
from core.batches import in_chunks
from core.prepared.questions import prepared
from core.prepared.writes import update
from participants.models import Enrolment
from projects.models import Project


def refresh_first_step(enrolment_ids: Sequence[int]) -> None:
    """Write the day anew where it isn't what the clocks say, when these have been worked out; part of the action that
    changed a fact."""
    if len(enrolment_ids) == 1:
        for case, before, right in _of_one.ask(enrolment=enrolment_ids[0]):
            if before != right:
                update(Enrolment(pk=case, first_step_on=right), "first_step_on")
        return
    for chunk in in_chunks(sorted(enrolment_ids)):
        Enrolment.objects.filter(pk__in=chunk).update(first_step_on=Subquery(_first_step()))


def judgements_changed(locked: Sequence[Enrolment]) -> None:
    """Work out what judgements alone decide, of enrolments that the action has locked: their clocks, and the first day
    of a step that nobody has judged. No other deadline moves."""
    clocks_changed(locked)
    first_step_changed(locked)


def first_step_changed(locked: Sequence[Enrolment]) -> None:
    """Write the day anew of enrolments that the action has locked, when their clocks have been worked out."""
    refresh_first_step([enrolment.pk for enrolment in locked])


@prepared(enrolment=BigIntegerField())
def _of_one(*, enrolment: Any) -> QuerySet[Enrolment, Any]:
    rows = Enrolment.objects.filter(pk=enrolment).annotate(right=Subquery(_first_step()))
    return rows.values_list("pk", "first_step_on", "right")


def refresh_first_steps_of(project: Project) -> None:
    """Write the days of a project anew, as when its targets change."""
    refresh_first_step(list(Enrolment.objects.filter(project=project).values_list("pk", flat=True)))


def differing_first_step(enrolment_ids: Iterable[int]) -> int:
    """How many of these enrolments keep another day than their clocks say."""
    rows = Enrolment.objects.annotate(right=Subquery(_first_step()))
    kept = (row for chunk in in_chunks(enrolment_ids) for row in rows.filter(pk__in=chunk))
    return sum(row.first_step_on != row.right for row in kept)


def _first_step() -> QuerySet:
    steps = StepClock.objects.to_judge().filter(enrolment=OuterRef("pk"), exited_on=None)
    return steps.order_by().values("enrolment").annotate(first=Min("due_on")).values("first")
