"""The deadlines of a case: the one definition of what is late, in words, and the first of them as the case keeps it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from django.db import transaction
from django.db.models import BigIntegerField, Q, QuerySet

from core.batches import IN_A_QUESTION, in_chunks
from core.prepared.questions import prepared
from core.swedish.words import MONTHS, NBSP, day, late_by
from participants.locking import lock_cases
from participants.models import Enrolment
from projects.models import Project


class Dated(Protocol):
    """The columns of an enrolment that its deadlines come from."""

    enrolled_on: date
    exited_on: date | None
    assessed_on: date | None
    planned_on: date | None
    next_contact_on: date | None


class Awaited(StrEnum):
    """A deadline that a case can wait for, by the word that stands in front of its day."""

    ASSESSMENT = "Kartläggning"
    PLAN = "Handlingsplan"
    CONTACT = "Uppföljning"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that shall be done no later than `due_on`."""

    awaited: Awaited
    due_on: date

    @staticmethod
    def has_passed(due_on: date, on: date) -> bool:
        """Late from the day after: as `late_condition` of the queryset says of the first."""
        return due_on < on

    def is_late(self, on: date) -> bool:
        """Whether it has passed on the day."""
        return self.has_passed(self.due_on, on)

    def text(self, on: date) -> str:
        """«Kartläggning 4 dagar för sent» or «Uppföljning senast 12 december»."""
        if self.is_late(on):
            return f"{self.awaited} {late_by(self.due_on, on)}"
        return f"{self.awaited} senast {_near_day(self.due_on, on)}"


def open_deadlines(enrolment: Dated, project: Project, *, on: date) -> list[Deadline]:
    """The deadlines that the case waits for, the nearest first; none once the case or its project has ended."""
    return [] if enrolment.exited_on or project.has_ended(on) else _deadlines(enrolment, project)


def first_due_on(enrolment: Dated, project: Project) -> date | None:
    """The first day by which something is to be done in the case, as `Enrolment.first_due_on` keeps it; none once the
    case has ended. Whether its project has is asked when the day is read."""
    found = [] if enrolment.exited_on else _deadlines(enrolment, project)
    return found[0].due_on if found else None


def _deadlines(enrolment: Dated, project: Project) -> list[Deadline]:
    found = []
    if enrolment.assessed_on is None:
        found.append(Deadline(Awaited.ASSESSMENT, enrolment.enrolled_on + timedelta(days=project.assessment_days)))
    if enrolment.planned_on is None:
        found.append(Deadline(Awaited.PLAN, enrolment.enrolled_on + timedelta(days=project.plan_days)))
    if enrolment.next_contact_on:
        found.append(Deadline(Awaited.CONTACT, enrolment.next_contact_on))
    return sorted(found, key=lambda deadline: deadline.due_on)


def _near_day(value: date, on: date) -> str:
    """«12 december»; with its year where that is another."""
    return f"{value.day}{NBSP}{MONTHS[value.month - 1]}" if value.year == on.year else day(value)


def refresh_first_due(enrolment_ids: Iterable[int]) -> None:
    """Write the day anew where it isn't what the enrolment's other days say; part of the action that changed them.

    Locked, or the day from before would be written over that of a meeting noted meanwhile.
    """
    for chunk in in_chunks(sorted(enrolment_ids)):
        with transaction.atomic(savepoint=False):
            write_first_due(lock_cases(chunk))


def write_first_due(locked: Sequence[Enrolment]) -> None:
    """Write the day anew of enrolments that the action has locked, where it isn't what their other days say."""
    Enrolment.objects.bulk_update(_put_right(locked), ["first_due_on"], batch_size=IN_A_QUESTION)


def refresh_project_days(project: Project) -> None:
    """Write the day anew in a project whose own days have changed. What has both kartläggning and plan waits for
    neither."""
    waiting = Enrolment.objects.filter(Q(assessed_on=None) | Q(planned_on=None), project=project, exited_on=None)
    refresh_first_due(list(waiting.values_list("pk", flat=True)))


def differing_first_due(enrolment_ids: Iterable[int]) -> int:
    """How many of these enrolments keep another day than their other days say."""
    chunks = (Enrolment.objects.filter(pk__in=chunk) for chunk in in_chunks(enrolment_ids))
    return sum(len(_put_right(list(rows))) for rows in chunks)


def _put_right(rows: Sequence[Enrolment]) -> list[Enrolment]:
    """Enrolments among these that keep another day than they should, with the right one, unsaved. One query for each
    project."""
    projects = {project: _project.first(project=project) for project in {row.project_id for row in rows}}
    kept = [(row, row.first_due_on, first_due_on(row, projects[row.project_id])) for row in rows]
    for row, _, right in kept:
        row.first_due_on = right
    return [row for row, before, right in kept if before != right]


@prepared(project=BigIntegerField())
def _project(*, project: Any) -> QuerySet[Project]:
    return Project.objects.filter(pk=project)
