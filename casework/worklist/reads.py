"""Reads of the start page: columns of its cases, by questions that are compiled once (ADR 38)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, Self
from uuid import UUID

from django.db.models import BigIntegerField, DateField, F, OuterRef, QuerySet, Subquery

from accounts.namesakes import shown_name
from actionplans.models import StepClock
from casework.case.missing import STEP_AHEAD_DAYS
from casework.worklist.task import Outlook
from core.days.periods import ONE_DAY
from core.prepared.questions import prepared
from participants.enrolment.deadlines import Deadline, open_deadlines
from participants.livelihood.follow_ups import EXIT_DAYS, exit_days, to_follow_up
from participants.livelihood.moments import DueMoment, moment_due
from participants.models import CaseAssignment, Enrolment
from participants.models.participant import name_in_text
from participants.querysets.enrolment import EnrolmentQuerySet, placed_before
from participants.scope.opened import WHO, scope_of, who
from participants.scope.scope import Scope
from projects.access import RolesShape
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases that a start page is about: all that the user coordinates, or those that the user is assigned to,
    in one project."""

    scope: Scope
    project: Project
    everybody: bool

    @property
    def shape(self) -> tuple[RolesShape, bool]:
        """The arguments that change the words of a question about them."""
        return self.scope.roles.shape, self.everybody

    @property
    def values(self) -> dict[str, Any]:
        """The values of a question about them."""
        return {"project": self.project.pk, **who(self.scope)}


# What a question about these cases is asked with, by name.
CASES: Final = {"project": BigIntegerField(), **WHO}


def cases_of(roles: RolesShape, everybody: bool, *, on: Any, **values: Any) -> EnrolmentQuerySet:
    """The open cases of a start page, from the shape and the values of `Cases` or their slots."""
    return _ended_too(roles, everybody, on=on, **values).on(on)


def _ended_too(roles: RolesShape, everybody: bool, *, project: Any, on: Any, **values: Any) -> EnrolmentQuerySet:
    """The cases of a start page, those that have ended included."""
    scope = scope_of(roles, on=on, **values)
    cases = Enrolment.objects.own_to(scope).filter(project=project)
    return cases if everybody else cases.assigned_to(scope)


@dataclass(slots=True)
class CaseColumns:
    """The columns that are read of a case."""

    key: int
    public_id: UUID
    source: str
    applied_on: date | None
    referred_on: date | None
    enrolled_on: date
    exited_on: date | None
    first_met_on: date | None
    assessed_on: date | None
    planned_on: date | None
    first_placed_on: date | None
    followed_up_on: date | None
    next_contact_on: date | None
    person: UUID
    birth_date: date | None
    given_name: str | None
    family_name: str | None
    responsible: str | None


_COLUMNS: Final = (
    "pk",
    "public_id",
    "source",
    "applied_on",
    "referred_on",
    "enrolled_on",
    "exited_on",
    "first_met_on",
    "assessed_on",
    "planned_on",
    "first_placed_on",
    "followed_up_on",
    "next_contact_on",
    "participant__public_id",
    "participant__birth_date",
    "participant__identity__given_name",
    "participant__identity__family_name",
)


def _responsible(key: str, on: Any) -> Subquery:
    """The name of the user who is responsible for the case with the key. Asked within the question: of the few cases
    that are shown it costs little, and building a question of its own cost a tenth of the page."""
    live = CaseAssignment.objects.on(on).responsible().filter(enrolment=OuterRef(key))
    return Subquery(live.order_by("-pk").values_list(shown_name("user"))[:1])


class StepToJudge(NamedTuple):
    """The lowest step of a case that waits to be judged, and its day."""

    number: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the work list knows it: whose it is, what it waits for, and who answers for it, in words."""

    public_id: UUID
    person: UUID
    name: str
    birth_date: date | None
    enrolled_on: date
    deadlines: Sequence[Deadline]
    step: StepToJudge | None
    responsible: str
    exited_on: date | None = None
    follow_up: DueMoment | None = None

    @classmethod
    def of(cls, row: CaseColumns, step: StepToJudge | None, outlook: Outlook) -> Self:
        """A case that has been read. The name is empty for somebody whose identity isn't stored. One that has ended has
        been read for its follow-up."""
        return cls(
            public_id=row.public_id,
            person=row.person,
            name=name_in_text(row.given_name or "", row.family_name or ""),
            birth_date=row.birth_date,
            enrolled_on=row.enrolled_on,
            deadlines=open_deadlines(row, outlook.project, on=outlook.on),
            step=step,
            responsible=row.responsible or "ingen ansvarig",
            exited_on=row.exited_on,
            follow_up=moment_due((), row.enrolled_on, row.exited_on, outlook.on) if row.exited_on else None,
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """The cases in which something waits, those with a deadline first; and whether there are more with a deadline, with
    a step, or with a follow-up after their exit, than were read."""

    lines: Sequence[Line]
    more_deadlines: bool
    more_steps: bool
    more_ended: bool


def waiting_in(cases: Cases, outlook: Outlook, most: int) -> Waiting:
    """The cases with something to do by the horizon, at most so many of each sort, the longest waiting of it. Three
    queries."""
    days = {"by": outlook.horizon, "placed_before": placed_before(outlook.project, outlook.horizon + ONE_DAY)}
    due = [CaseColumns(*row) for row in _due.ask(*cases.shape, most + 1, **days, **cases.values)]
    until = outlook.on + timedelta(days=STEP_AHEAD_DAYS)
    unjudged = _unjudged.ask(*cases.shape, most + 1, by=until, **cases.values)
    steps = {row[2]: StepToJudge(*row[:2]) for row in unjudged}
    stepping = list({row[2]: CaseColumns(*row[2:]) for row in unjudged}.values())
    ended = [CaseColumns(*row) for row in _ended.ask(*cases.shape, most + 1, **exit_days(outlook.on), **cases.values)]
    rows = {row.key: row for row in (*due[:most], *stepping[:most], *ended[:most])}
    lines = [Line.of(row, steps.get(key), outlook) for key, row in rows.items()]
    return Waiting(lines, len(due) > most, len(stepping) > most, len(ended) > most)


@prepared(by=DateField(), placed_before=DateField(), **CASES)
def _due(roles: RolesShape, everybody: bool, most: int, *, by: Any, placed_before: Any, **values: Any) -> QuerySet:
    """The first cases with a deadline on the day or earlier. The parts are put together by key: no database cuts a
    part of a union, and PostgreSQL reads all cases for one or the other."""
    cases = cases_of(roles, everybody, **values)
    parts = [cases.waiting(by=by), cases.placed_late(on=values["on"], placed_before=placed_before)]
    cut = [Enrolment.objects.filter(pk__in=part[:most].values("pk")).order_by().values("pk") for part in parts]
    found = Enrolment.objects.filter(pk__in=cut[0].union(cut[1]))
    found = found.order_by(F("first_due_on").asc(nulls_last=True), "pk")
    return found.values_list(*_COLUMNS, _responsible("pk", values["on"]))


@prepared(by=DateField(), **CASES)
def _unjudged(roles: RolesShape, everybody: bool, most: int, *, by: Any, **values: Any) -> QuerySet:
    """The steps to judge in the first cases that have any, of each case the lowest last."""
    first = cases_of(roles, everybody, **values).with_step(by=by)[:most].values("pk")
    steps = StepClock.objects.to_judge().filter(enrolment__in=first, due_on__lte=by)
    columns = (f"enrolment__{name}" for name in _COLUMNS)
    return steps.order_by("enrolment__first_step_on", "enrolment", "-step_number").values_list(
        "step_number", "due_on", *columns, _responsible("enrolment", values["on"])
    )


@prepared(**EXIT_DAYS, **CASES)
def _ended(roles: RolesShape, everybody: bool, most: int, **values: Any) -> QuerySet:
    """The first cases that have ended and whose person is to be asked how it went on."""
    days = {name: values.pop(name) for name in EXIT_DAYS}
    found = to_follow_up(_ended_too(roles, everybody, **values), days)[:most]
    return found.values_list(*_COLUMNS, _responsible("pk", values["on"]))
