"""Group activities as pages show them: each with everybody in it whom the user works with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from actionplans.activities.in_group import in_groups_of_own
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from core.swedish.words import day, plural
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.models import Project

# Something that a group does every other week is there to be done again.
_LATELY: Final = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Group:
    """A group activity: its kind and time in words, its days in words, and the activity of each who is in it."""

    done: str
    days: str
    activities: Sequence[CaseActivity]

    @property
    def key(self) -> str:
        """By which an address names the group: the public id of the first one's first version."""
        fact = self.activities[0]
        return str((fact.first or fact).public_id)

    @property
    def named(self) -> list[tuple[str, CaseActivity]]:
        """The name and the birth day of each who is in it, with the activity."""
        return [(person_of(fact.enrolment), fact) for fact in self.activities]

    @property
    def first_day(self) -> date:
        """The day that it begins."""
        return self.activities[0].concerns_on

    def is_waiting(self, on: date) -> bool:
        """Whether its day has come and somebody's answer hasn't."""
        return self.first_day <= on and any(fact.attendance == Attendance.INVITED for fact in self.activities)

    @property
    def said(self) -> str:
        """«5 deltog, 2 kom inte»."""
        answers = [fact.attendance for fact in self.activities]
        words = {Attendance.INVITED: "inbjuden,inbjudna", Attendance.ATTENDED: "deltog,deltog"}
        words[Attendance.ABSENT] = "kom inte,kom inte"
        return ", ".join(plural(answers.count(kind), both) for kind, both in words.items() if kind in answers)


def person_of(case: Enrolment) -> str:
    """«Andersson, Vilgot, född 11 april 1984»."""
    born = case.participant.birth_date
    return f"{case.participant.identity.full_name}{f', född {day(born)}' if born else ''}"


def groups_of(activities: Iterable[CaseActivity]) -> list[Group]:
    """Each group activity, in the order that they come."""
    found: dict[tuple[str, str], list[CaseActivity]] = {}
    for fact in activities:
        done = ", ".join(filter(None, (str(fact.kind), str(fact.rhythm or ""))))
        found.setdefault((done, fact.period.in_words), []).append(fact)
    return [Group(done, days, facts) for (done, days), facts in found.items()]


def groups_lately(scope: Scope, project: Project) -> list[Group]:
    """Group activities that are to come, that were in the last weeks, and of which an answer waits; the latest first.
    One query."""
    lately = Q(concerns_on__gte=scope.on - _LATELY) | Q(attendance=Attendance.INVITED)
    return groups_of(in_groups_of_own(scope, project).filter(lately))


def group_named(scope: Scope, project: Project, key: str | None) -> Group | None:
    """The group activity that an address names by a `key`, as far as the user works with those in it; else None."""
    known = as_id(key or "")
    rows = in_groups_of_own(scope, project)
    fact = rows.filter(Q(public_id=known) | Q(first__public_id=known)).first() if known else None
    if fact is None:
        return None
    alike = rows.filter(kind=fact.kind, concerns_on=fact.concerns_on, until=fact.until)
    return next((group for group in groups_of(alike) if fact in group.activities), None)


def as_id(text: str) -> UUID | None:
    """A public id in an address or the name of a field; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
