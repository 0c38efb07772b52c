"""The deadlines of a case: the one definition of what is late, in words, and the first of them as the case keeps it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet

from core.batches import IN_A_QUESTION, in_chunks
from core.days.dates import after_workdays
from core.prepared.questions import prepared
from core.swedish.words import MONTHS, NBSP, day, late_by, plural
from participants.enums import REFERRING
from participants.locking import lock_cases
from participants.models import Enrolment
from projects.models import Project


class Dated(Protocol):
    """The columns of an enrolment that its deadlines come from."""

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


class Awaited(StrEnum):
    """A deadline that a case can wait for, by the word that stands in front of its day."""

    FIRST_MEETING = "Första personliga mötet"
    ASSESSMENT = "Kartläggning"
    PLAN = "Handlingsplan"
    PLACEMENT = "Första placeringen"
    FOLLOW_UP = "Första uppföljningen"
    CONTACT = "Uppföljning"


class StartDay(StrEnum):
    """The day that a deadline's days run from, by the words that stand after «från»."""

    APPLICATION = "ansökan"
    REFERRAL = "anvisningen"
    ENROLMENT = "inskrivningen"
    PLAN = "planen"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that shall be done no later than `due_on`: so many days since something, workdays of a placement. A
    day that was agreed or that a meeting has moved runs since nothing. `begins_on` is the day of a placement that is
    to begin too late."""

    awaited: Awaited
    due_on: date
    days: int = 0
    since: StartDay | None = None
    begins_on: date | None = None

    @staticmethod
    def has_passed(due_on: date, on: date) -> bool:
        """Late from the day after: as `late_condition` of the queryset says of the first."""
        return due_on < on

    def is_late(self, on: date) -> bool:
        """Whether it has passed on the day."""
        return self.has_passed(self.due_on, on)

    @property
    def within(self) -> str:
        """«14 dagar från ansökan»; empty where it runs since nothing."""
        if self.since is None:
            return ""
        forms = "arbetsdag,arbetsdagar" if self.awaited == Awaited.PLACEMENT else "dag,dagar"
        return f"{plural(self.days, forms)} från {self.since}"

    def text(self, on: date) -> str:
        """«Kartläggning 4 dagar för sent» or «Uppföljning senast 12 december»."""
        if self.is_late(on):
            return f"{self.awaited} {late_by(self.due_on, on)}"
        return f"{self.awaited} senast {_near_day(self.due_on, on)}"

    def whole_text(self, on: date) -> str:
        """«Kartläggning: 14 dagar från ansökan, senast 2 december», after how late it is where it is that."""
        if not self.within:
            return self.text(on)
        begins = f", börjar {_near_day(self.begins_on, on)}" if self.begins_on else ""
        what = self.text(on) if self.is_late(on) else self.awaited
        return f"{what}: {self.within}, senast {_near_day(self.due_on, on)}{begins}"


def open_deadlines(enrolment: Dated, project: Project, *, on: date) -> list[Deadline]:
    """The deadlines that the case waits for on the day, the nearest first; none once the case or its project has
    ended."""
    return [] if enrolment.exited_on or project.has_ended(on) else _deadlines(enrolment, project, on)


def first_due_on(enrolment: Dated, project: Project) -> date | None:
    """The first day by which something is to be done in the case, as `Enrolment.first_due_on` keeps it; none once the
    case has ended. Whether its project has is asked when the day is read, and so is a placement that has been decided
    and hasn't begun: no day can be kept that passes by itself."""
    found = [] if enrolment.exited_on else _deadlines(enrolment, project, None)
    return found[0].due_on if found else None


def _deadlines(case: Dated, project: Project, on: date | None) -> list[Deadline]:
    """The deadlines of the case, the nearest first. A kartläggning and a plan are due by the earlier of two days."""
    found = []
    applied, enrolled = _application(case), (case.enrolled_on, StartDay.ENROLMENT)
    if applied and case.first_met_on is None:
        found.append(_within(Awaited.FIRST_MEETING, project.first_meeting_days, *applied))
    start = applied if applied and applied[0] < case.enrolled_on else enrolled
    if case.assessed_on is None:
        found.append(_within(Awaited.ASSESSMENT, project.assessment_days, *start))
    if case.planned_on is None:
        found.append(_within(Awaited.PLAN, project.plan_days, *start))
    if placement := _placement(case, project.placement_days, on):
        found.append(placement)
    contact = case.next_contact_on
    if case.planned_on and case.followed_up_on is None:
        found.append(_within(Awaited.FOLLOW_UP, project.first_follow_up_days, case.planned_on, StartDay.PLAN))
        # The same contact, which is to come by the earlier day.
        contact = contact if contact and contact < found[-1].due_on else None
    if contact:
        found.append(Deadline(Awaited.CONTACT, contact))
    return sorted(found, key=lambda deadline: deadline.due_on)


def _application(case: Dated) -> tuple[date, StartDay] | None:
    """The day from which the first days run for somebody whom one of the agencies sent, and its kind; None for others,
    and where it isn't known."""
    if case.source not in REFERRING:
        return None
    if case.applied_on:
        return case.applied_on, StartDay.APPLICATION
    return (case.referred_on, StartDay.REFERRAL) if case.referred_on else None


def _within(awaited: Awaited, days: int, start: date, since: StartDay) -> Deadline:
    return Deadline(awaited, start + timedelta(days=days), days, since)


def _placement(case: Dated, workdays: int | None, on: date | None) -> Deadline | None:
    """The deadline of the first placement, where the project has one; with a day, also where one is to begin after both
    that day and the deadline."""
    if workdays is None:
        return None
    due_on, begins_on = after_workdays(case.enrolled_on, workdays), case.first_placed_on
    if begins_on and not (on and begins_on > max(on, due_on)):
        return None
    return Deadline(Awaited.PLACEMENT, due_on, workdays, StartDay.ENROLMENT, begins_on)


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
    """Write the day anew in a project whose own days have changed."""
    waiting = Enrolment.objects.filter(project=project, exited_on=None)
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
