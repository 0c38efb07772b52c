"""A case where the day of a step is near, or has just passed."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from actionplans.models import StepClock
from casework.case.missing import STEP_AFTER_DAYS, STEP_AHEAD_DAYS
from casework.words import near
from casework.worklist.rules.rule import WorkRule
from casework.worklist.task import Outlook, Task, task_of
from participants.models import Enrolment


class StepDayRule(WorkRule):
    """A case with a step whose day is near. Steps about self-support have no day for each person: they are targets for
    the group."""

    def waits(self, outlook: Outlook) -> Exists:
        return Exists(_near_clocks(outlook).filter(enrolment=OuterRef("pk")))

    def tasks(self, enrolments: Sequence[Enrolment], outlook: Outlook) -> Iterable[Task]:
        by_key = {enrolment.pk: enrolment for enrolment in enrolments}
        clocks = _near_clocks(outlook).filter(enrolment__in=by_key).order_by("step_number")
        return [_task(by_key[clock.enrolment_id], clock, outlook) for clock in clocks]


def _near_clocks(outlook: Outlook) -> QuerySet[StepClock]:
    first, last = outlook.on - timedelta(days=STEP_AFTER_DAYS), outlook.on + timedelta(days=STEP_AHEAD_DAYS)
    return StepClock.objects.filter(due_on__range=(first, last), reached_on=None, target__exclusive=False)


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
        query=f"?steg={clock.step_number}",
    )
