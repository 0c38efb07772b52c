"""The work list: what waits in the user's cases, worst first, one line a case and thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from actionplans.models import StepClock
from core.templatetags.swedish import day_relative, plural
from participants.deadlines import Awaited, Deadline, open_deadlines
from participants.models import Enrolment
from projects.models import Project

AHEAD_DAYS = 14
CASES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in one case."""

    enrolment: Enrolment
    what: str
    due_on: date
    when: str
    kind: str
    url: str
    action: str
    responsible: str


@dataclass(frozen=True, slots=True)
class WorkList:
    """Tasks in three groups, and how many open cases there are."""

    late: list[Task]
    now: list[Task]
    soon: list[Task]
    cases: int
    is_capped: bool


# What each deadline asks for: the address that does it and the word on its button.
_DOING = {
    Awaited.ASSESSMENT: ("assessment_create", "Skriv in"),
    Awaited.PLAN: ("plan_edit", "Gör planen"),
    Awaited.CONTACT: ("meeting_create", "Nytt möte"),
}


def work_list(enrolments: Sequence[Enrolment], project: Project, *, on: date, may_edit: bool, cases: int) -> WorkList:
    """The tasks of open enrolments (read with person and responsible) that are late, due now or soon."""
    horizon = on + timedelta(days=AHEAD_DAYS)
    steps = _step_days(enrolments, on, horizon)
    tasks = [
        _task(one, deadline, on, may_edit)
        for one in enrolments
        for deadline in open_deadlines(one, project)
        if deadline.due_on <= horizon
    ]
    tasks += [_step_task(one, clock, on, may_edit) for one in enrolments for clock in steps.get(one.pk, ())]
    tasks.sort(key=lambda task: task.due_on)
    return WorkList(
        late=[task for task in tasks if task.kind == "late"],
        now=[task for task in tasks if task.kind == "soon" and task.due_on == on],
        soon=[task for task in tasks if task.kind == "soon" and task.due_on > on],
        cases=cases,
        is_capped=cases > len(enrolments),
    )


def _task(enrolment: Enrolment, deadline: Deadline, on: date, may_edit: bool) -> Task:
    name, action = _DOING[deadline.awaited]
    what = {"Nästa kontakt": "Uppföljning"}.get(deadline.awaited, deadline.awaited)
    return _line(enrolment, what, deadline.due_on, on, name if may_edit else "enrolment_detail", action)


def _step_task(enrolment: Enrolment, clock: StepClock, on: date, may_edit: bool) -> Task:
    """A step's day is near: time to assess it. Never called late; it is a target."""
    what = f"Bedöm steg {clock.step_number}"
    return _line(
        enrolment, what, clock.due_on or on, on, "meeting_create" if may_edit else "enrolment_detail", "Nytt möte"
    )


def _line(enrolment: Enrolment, what: str, due_on: date, on: date, url_name: str, action: str) -> Task:
    responsible = next((one.user for one in enrolment.responsible_now), None)
    return Task(
        enrolment=enrolment,
        what=what,
        due_on=due_on,
        when=day_relative(due_on, on) if due_on >= on else f"{plural((on - due_on).days, 'dag,dagar')} sen",
        kind="late" if due_on < on else "soon",
        url=reverse(url_name, args=[enrolment.public_id]),
        action=action if url_name != "enrolment_detail" else "Visa",
        responsible=responsible.name if responsible else "ingen ansvarig",
    )


def _step_days(enrolments: Sequence[Enrolment], on: date, horizon: date) -> dict[int, list[StepClock]]:
    """Steps about self-support aside, those whose day falls within two weeks and aren't reached."""
    found: dict[int, list[StepClock]] = {}
    rows = StepClock.objects.filter(
        enrolment__in=[one.pk for one in enrolments],
        due_on__range=(on, horizon),
        reached_on=None,
        target__exclusive=False,
    )
    for clock in rows:
        found.setdefault(clock.enrolment_id, []).append(clock)
    return found
