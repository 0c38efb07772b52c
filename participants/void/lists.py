"""Lists of wrong registrations: questions that wait for somebody, and enrolments that are marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, DateField, Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core.days.dates import stockholm_day
from core.facts import FactQuerySet
from core.prepared.questions import prepared
from participants.enums import VoidState
from participants.models import Enrolment, EnrolmentEntry, Voiding
from participants.scope.scope import Scope
from participants.void.who import deciders, may_decide, may_undo, others
from projects.models import Project

_YES_SHOWN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class VoidQuestion:
    """A question that waits: the step, its case, whether the user answers it, and who does."""

    step: Voiding
    may_answer: bool
    answered_by: Sequence[User]

    @property
    def case(self) -> Enrolment:
        """The enrolment that the question is about."""
        return self.step.enrolment


@dataclass(frozen=True, slots=True)
class VoidCase:
    """A case that is wrongly registered: when, by whom and why, and whether the user may let it count again."""

    case: Enrolment
    on: date
    by: User
    asked: Voiding | None
    may_undo: bool


def waiting_for(scope: Scope) -> list[Voiding]:
    """Questions that the user is to answer, and answers to the user's own questions, for the start page.

    A no stays until it has been seen; a yes, which leaves nothing to do, for a fortnight.

    One query where there are none, else two, and one more for each project with a question.
    """
    user, on = scope.user, scope.on
    whose = {"user": user.pk, "organisation": user.organisation_id, "since": on - _YES_SHOWN}
    # Nearly always none: whose cases they are is the longer question.
    if not _first_step.ask(**whose):
        return []
    steps = _steps(**whose)
    theirs = Enrolment.objects.to_decide_by(scope) | Enrolment.objects.own_to(scope)
    rows, coordinators = _with_case(steps), _Coordinators(on)
    return [
        step
        for step in rows.filter(enrolment__in=theirs).order_by("pk")
        if step.state != VoidState.ASKED or may_decide(user, step.recorded_by, coordinators.of(step.enrolment))
    ]


def _steps(*, user: Any, organisation: Any, since: Any) -> FactQuerySet:
    """Questions in the organisation's cases, and answers to the user's own: a yes since a day, a no of any day."""
    answered = Q(state=VoidState.DECLINED) | Q(state=VoidState.CONFIRMED, concerns_on__gt=since)
    waits = Q(state=VoidState.ASKED) | (answered & Q(corrects__recorded_by=user) & ~Q(recorded_by=user))
    # Each of the few is asked about: joined, SQLite begins with all cases of the organisation.
    here = Enrolment.objects.filter(pk=OuterRef("enrolment"), owner=organisation)
    return Voiding.objects.current().filter(waits, Exists(here))


@prepared(user=BigIntegerField(), organisation=BigIntegerField(), since=DateField())
def _first_step(**whose: Any) -> QuerySet:
    return _steps(**whose).values_list("pk")[:1]


def asked_in(project: Project, scope: Scope) -> list[VoidQuestion]:
    """Questions about the project's cases that the user has to do with, the oldest first. Two queries."""
    cases = Enrolment.objects.to_decide_by(scope).in_project(project).counted()
    rows = _with_case(Voiding.objects.current().filter(state=VoidState.ASKED, enrolment__in=cases))
    coordinators, found = _Coordinators(scope.on), []
    for step in rows.order_by("pk"):
        theirs, asker = coordinators.of(step.enrolment), step.recorded_by
        found.append(VoidQuestion(step, may_decide(scope.user, asker, theirs), others(asker, theirs) or [asker]))
    return found


def marked_in(project: Project, scope: Scope) -> list[VoidCase]:
    """The project's wrongly registered cases that the user has to do with, the latest first. Four queries."""
    cases = Enrolment.objects.to_decide_by(scope).in_project(project).filter(is_void=True)
    rows = list(cases.with_person())
    entries = EnrolmentEntry.objects.current().filter(enrolment__in=rows).select_related("recorded_by__organisation")
    latest = {entry.enrolment_id: entry for entry in entries}
    asked, coordinators = _asked(rows), _Coordinators(scope.on)
    found = []
    for case in rows:
        entry, undoes = latest[case.pk], may_undo(scope.user, case, coordinators.of(case), on=scope.on)
        found.append(VoidCase(case, stockholm_day(entry.recorded_at), entry.recorded_by, asked.get(case.pk), undoes))
    return sorted(found, key=lambda row: (row.on, row.case.pk), reverse=True)


class _Coordinators:
    """The coordinators of each project and organisation, read once for each pair."""

    def __init__(self, on: date) -> None:
        self.on, self.found = on, dict[tuple[int, int], list[User]]()

    def of(self, case: Enrolment) -> list[User]:
        """The coordinators of the case's organisation in its project, by name."""
        key = (case.project_id, case.owner_id)
        if key not in self.found:
            self.found[key] = deciders(case, on=self.on)
        return self.found[key]


def _asked(cases: Sequence[Enrolment]) -> dict[int, Voiding]:
    """The question behind each confirmed wrong registration, by enrolment. One that was marked before there were
    questions has none."""
    answered = Voiding.objects.current().filter(enrolment__in=cases, state=VoidState.CONFIRMED)
    rows = Voiding.objects.filter(pk__in=answered.values("corrects"))
    return {step.enrolment_id: step for step in rows.select_related("why", "recorded_by__organisation")}


def _with_case(rows: FactQuerySet) -> FactQuerySet:
    return rows.select_related(
        "why", "recorded_by__organisation", "enrolment__participant__identity", "enrolment__project", "enrolment__owner"
    )
