"""A case with a step to judge: its day is near or has passed, and nobody has judged it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from actionplans.models import StepClock
from casework.case.missing import STEP_AHEAD_DAYS
from casework.words import near
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import Outlook, Task, task_of
from participants.models import Enrolment


class StepDayRule(WorkRule):
    """A case with a step whose day is near or has passed: the lowest that is neither judged nor covered by a higher one
    that is cleared. It goes when it is judged, and never unjudged. Steps about self-support have no day for each
    person: they are targets for the group."""

    def waits(self, outlook: Outlook) -> Exists:
        return Exists(_unjudged(outlook).filter(enrolment=OuterRef("pk")))

    def tasks(self, enrolments: Sequence[Enrolment], outlook: Outlook) -> Iterable[Task]:
        by_key = {enrolment.pk: enrolment for enrolment in enrolments}
        clocks = _unjudged(outlook).filter(enrolment__in=by_key).order_by("-step_number")
        lowest = {clock.enrolment_id: clock for clock in clocks}
        return [_task(by_key[key], clock, outlook) for key, clock in lowest.items()]


def _unjudged(outlook: Outlook) -> QuerySet[StepClock]:
    last = outlook.on + timedelta(days=STEP_AHEAD_DAYS)
    unjudged = StepClock.objects.filter(reached_on=None, assessed_on=None, target__exclusive=False)
    return unjudged.filter(due_on__lte=last)


def _task(enrolment: Enrolment, clock: StepClock, outlook: Outlook) -> Task:
    due_on = clock.due_on or outlook.on
    verb = "Målet är" if due_on >= outlook.on else "Målet var"
    return task_of(
        enrolment,
        outlook,
        what=f"Bedöm steg {clock.step_number}",
        detail=f"{verb} att klara steget senast {near(due_on, outlook.on)}",
        due_on=due_on,
        url_name="meeting_create",
        action="Bedöm",
        is_deadline=False,
        query=f"?steg={clock.step_number}",
    )
