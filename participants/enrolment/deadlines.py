"""The late or next deadline of a case, in the words of the list and the case page. No database."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.swedish.words import MONTHS, NBSP, day, late_by
from participants.models import Enrolment
from projects.models import Project


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
        """Late from the day after: the one definition, as in `late_condition` of the queryset."""
        return due_on < on

    def is_late(self, on: date) -> bool:
        """Whether it has passed on the day."""
        return self.has_passed(self.due_on, on)

    def text(self, on: date) -> str:
        """«Kartläggning 4 dagar för sent» or «Uppföljning senast 12 december»."""
        if self.is_late(on):
            return f"{self.awaited} {late_by(self.due_on, on)}"
        return f"{self.awaited} senast {_near_day(self.due_on, on)}"


def open_deadlines(enrolment: Enrolment, project: Project, *, on: date) -> list[Deadline]:
    """The deadlines that the case waits for, the nearest first; none once the case or its project has ended."""
    if enrolment.exited_on or project.has_ended(on):
        return []
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
