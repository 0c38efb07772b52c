"""A line of the work list, and the project and days that a work list covers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from core.swedish.words import day_relative, late_by
from participants.assignment.responsible import Responsible
from participants.enrolment.deadlines import Deadline
from participants.models import Enrolment
from projects.models import Project

LATE, SOON = "late", "soon"
# The start page is about now: two weeks is what people plan ahead, and one heading says so in words.
AHEAD_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Outlook:
    """The project and the days that a work list covers, from `on` to the horizon. `may_edit` decides whether links lead
    to forms or to the case."""

    project: Project
    on: date
    may_edit: bool

    @property
    def horizon(self) -> date:
        """The last day that the list covers."""
        return self.on + timedelta(days=AHEAD_DAYS)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in one case. `kind` is "late" or "soon"; `responsible` says in words who answers for the case.

    `apart` tells the person from another of the same name on the list, «f. 1988»; empty where there is none.
    """

    enrolment: Enrolment
    what: str
    detail: str
    due_on: date
    kind: str
    when: str
    url: str
    action: str
    responsible: str
    apart: str = ""


def task_of(
    enrolment: Enrolment,
    outlook: Outlook,
    *,
    what: str,
    detail: str,
    due_on: date,
    url_name: str,
    action: str,
    query: str = "",
    is_deadline: bool = True,
) -> Task:
    """A task in a case that was read with its responsible. Without `may_edit` it has no action, and its
    link leads to the case. Late is what has passed a deadline of the case, as in the list of participants; the day of a
    target is none."""
    is_late = is_deadline and Deadline.has_passed(due_on, outlook.on)
    responsible: Responsible | None = enrolment.responsible_now  # type: ignore[attr-defined]  # read with the work list
    url = reverse(url_name if outlook.may_edit else "enrolment_detail", args=[enrolment.public_id])
    return Task(
        enrolment=enrolment,
        what=what,
        detail=detail,
        due_on=due_on,
        kind=LATE if is_late else SOON,
        when=late_by(due_on, outlook.on) if is_late else day_relative(due_on, outlook.on),
        url=url + (query if outlook.may_edit else ""),
        action=action if outlook.may_edit else "",
        responsible=responsible.user if responsible and responsible.user else "ingen ansvarig",
    )
