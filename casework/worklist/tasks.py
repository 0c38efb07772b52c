"""The work list: what waits in the user's cases, worst first, one line a case and thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from actionplans.models import StepClock
from casework.case.missing import STEP_AFTER_DAYS, STEP_AHEAD_DAYS
from casework.words import near
from core.swedish.words import day_relative, plural
from participants.enrolment.deadlines import Awaited, Deadline, open_deadlines
from participants.models import Enrolment
from participants.querysets import EnrolmentQuerySet
from projects.models import Project

AHEAD_DAYS = 14
# So many cases are read, and so many lines of each group are shown; the list of participants has them all.
CASES_READ, LINES_SHOWN = 100, 25
LATE, SOON = "late", "soon"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in one case."""

    enrolment: Enrolment
    what: str
    detail: str
    due_on: date
    kind: str
    when: str
    url: str
    action: str
    responsible: str


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks under one heading. `more` counts those that aren't shown; `is_open` says that there may be others too."""

    heading: str
    tasks: Sequence[Task]
    more: int
    is_open: bool
    is_late: bool = False

    @property
    def count(self) -> str:
        """How many there are, for the heading."""
        return f"fler än {len(self.tasks)}" if self.is_open else str(len(self.tasks) + self.more)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and when a work list is made."""

    project: Project
    on: date
    may_edit: bool

    @property
    def horizon(self) -> date:
        """The last day that the list looks at."""
        return self.on + timedelta(days=AHEAD_DAYS)


def work_list(cases: EnrolmentQuerySet, asked: Asked) -> list[Group]:
    """The tasks of some open cases, in groups that aren't empty; none once the project has ended."""
    if asked.project.has_ended(asked.on):
        return []
    first_step = asked.on - timedelta(days=STEP_AFTER_DAYS)
    waiting = cases.waiting(asked.project, by=asked.horizon, steps_from=first_step)
    read = list(waiting.due_first().with_person().with_responsible(on=asked.on)[: CASES_READ + 1])
    enrolments, is_open = read[:CASES_READ], len(read) > CASES_READ
    tasks = sorted(_tasks(enrolments, asked), key=lambda task: task.due_on)
    groups = [
        _group("Försenat", [task for task in tasks if task.kind == LATE], is_open, is_late=True),
        _group("I dag", [task for task in tasks if task.kind == SOON and task.due_on == asked.on], is_open),
        _group("De närmaste två veckorna", [task for task in tasks if _is_ahead(task, asked.on)], is_open),
    ]
    return [group for group in groups if group.tasks]


def _is_ahead(task: Task, on: date) -> bool:
    return task.kind == SOON and task.due_on != on


def _group(heading: str, tasks: Sequence[Task], is_open: bool, *, is_late: bool = False) -> Group:
    shown = tasks[:LINES_SHOWN]
    more = len(tasks) - len(shown)
    return Group(heading, shown, more, is_open and more > 0, is_late)


def _tasks(enrolments: Sequence[Enrolment], asked: Asked) -> Iterator[Task]:
    clocks = _step_days(enrolments, asked)
    for one in enrolments:
        for deadline in open_deadlines(one, asked.project, on=asked.on):
            if deadline.due_on <= asked.horizon:
                yield _deadline_task(one, deadline, asked)
        for clock in clocks.get(one.pk, ()):
            yield _step_task(one, clock, asked)


def _step_days(enrolments: Sequence[Enrolment], asked: Asked) -> dict[int, list[StepClock]]:
    """The steps whose day is near or has just passed without them: not those that are targets for the group."""
    found: dict[int, list[StepClock]] = {}
    rows = StepClock.objects.filter(
        enrolment__in=[one.pk for one in enrolments],
        due_on__range=(asked.on - timedelta(days=STEP_AFTER_DAYS), asked.on + timedelta(days=STEP_AHEAD_DAYS)),
        reached_on=None,
        target__exclusive=False,
    )
    for clock in rows.order_by("step_number"):
        found.setdefault(clock.enrolment_id, []).append(clock)
    return found


# What each deadline is called here, the address that sees to it, and the word on its button.
_DOING = {
    Awaited.ASSESSMENT: ("Kartläggning", "assessment_create", "Skriv in"),
    Awaited.PLAN: ("Handlingsplan", "plan_edit", "Gör planen"),
    Awaited.CONTACT: ("Uppföljning", "meeting_create", "Nytt möte"),
}


def _deadline_task(enrolment: Enrolment, deadline: Deadline, asked: Asked) -> Task:
    what, url_name, action = _DOING[deadline.awaited]
    last_day = f"Senast {near(deadline.due_on, asked.on)}"
    begun = f"inskriven {near(enrolment.enrolled_on, asked.on)}"
    detail = last_day if deadline.awaited == Awaited.CONTACT else f"{last_day} · {begun}"
    return _task(enrolment, asked, what, detail, deadline.due_on, url_name, action)


def _step_task(enrolment: Enrolment, clock: StepClock, asked: Asked) -> Task:
    due_on = clock.due_on or asked.on
    verb = "Målet är" if due_on >= asked.on else "Målet var"
    what = f"Bedöm steg {clock.step_number}"
    detail = f"{verb} att klara steget senast {near(due_on, asked.on)}"
    return _task(enrolment, asked, what, detail, due_on, "meeting_create", "Bedöm", query=f"?steg={clock.step_number}")


def _task(
    enrolment: Enrolment,
    asked: Asked,
    what: str,
    detail: str,
    due_on: date,
    url_name: str,
    action: str,
    *,
    query: str = "",
) -> Task:
    """Whoever may not work in the case opens it instead."""
    days = (asked.on - due_on).days
    responsible = next((one.user for one in enrolment.responsible_now), None)  # type: ignore[attr-defined]
    return Task(
        enrolment=enrolment,
        what=what,
        detail=detail,
        due_on=due_on,
        kind=LATE if days > 0 else SOON,
        when=f"{plural(days, 'dag,dagar')} sent" if days > 0 else day_relative(due_on, asked.on),
        url=reverse(url_name if asked.may_edit else "enrolment_detail", args=[enrolment.public_id])
        + (query if asked.may_edit else ""),
        action=action if asked.may_edit else "Öppna",
        responsible=responsible.name if responsible else "ingen ansvarig",
    )
