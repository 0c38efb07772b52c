"""How the open cases lie on those who answer for them: who has many, and who is late with how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, FilteredRelation, Q, QuerySet

from casework.worklist.reads import CASES, Cases, cases_of
from core.days.periods import lasts_through
from core.paging import MOST
from core.prepared.questions import prepared
from core.swedish.keys import sort_key
from participants.enums import CaseRole
from participants.querysets.enrolment import late_condition, placed_before
from projects.access import RolesShape


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """One who answers for cases: how many are open, and how many of those are late.

    key: how the list of participants names the user.  most: the largest number of open cases that anybody has.
    """

    key: UUID
    name: str
    open: int
    late: int
    most: int

    @property
    def open_width(self) -> float:
        """The length of the bar of open cases, of 100."""
        return round(100 * self.open / self.most, 1)

    @property
    def late_width(self) -> float:
        """The length of the part of it that is late, of 100."""
        return round(100 * self.late / self.most, 1)


@dataclass(frozen=True, slots=True)
class CaseSpread:
    """How the cases lie: on each who answers for some, the one with most late first; how many there are in all; and how
    many nobody answers for. What a whole unit answers for is on nobody's line. Of very many cases, nobody's."""

    loads: Sequence[WorkerLoad]
    everybody: int
    unassigned: int


def spread_of(cases: Cases) -> CaseSpread:
    """The spread of cases that hold on the scope's day; nothing is late once the project has ended. Two queries.

    Of more than are counted it isn't asked for: at 70 000 open cases it took a third of a second, and nobody hands out
    so many by name.
    """
    if (count := how_many(cases)) > MOST:
        return CaseSpread((), count, 0)
    began = placed_before(cases.project, cases.scope.on)
    rows = _spread.ask(*cases.shape, placed_before=began, **cases.values)
    named = [row for row in rows if row[0]]
    most, ended = max((row[3] for row in named), default=0), cases.project.has_ended(cases.scope.on)
    loads = [
        WorkerLoad(key, _name(name, apart), count, 0 if ended else late, most)
        for key, name, apart, count, late, _ in named
    ]
    by_lateness = sorted(loads, key=lambda load: (-load.late, -load.open, sort_key(load.name)))
    return CaseSpread(by_lateness, count, sum(row[5] for row in rows))


@prepared(placed_before=DateField(), **CASES)
def _spread(roles: RolesShape, everybody: bool, *, on: Any, placed_before: Any, **values: Any) -> QuerySet:
    return (
        cases_of(roles, everybody, on=on, **values)
        .alias(live=FilteredRelation("assignments", condition=_answers_for(on)))
        .order_by()
        .values_list("live__user__public_id", "live__user__name", "live__user__distinction")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=late_condition(on=on, placed_before=placed_before)),
            nobodys=Count("pk", filter=Q(live__isnull=True)),
        )
    )


def _answers_for(on: date) -> Q:
    """Condition on an assignment: it makes somebody answer for the case on the day."""
    holds = lasts_through("assignments__valid_until", on) & Q(assignments__valid_from__lte=on)
    return holds & Q(assignments__role=CaseRole.RESPONSIBLE)


def _name(name: str, distinction: str) -> str:
    return f"{name} ({distinction})" if distinction else name


def load_in_words(loads: Sequence[WorkerLoad]) -> str:
    """«Jonas Ek har flest sena ärenden, 8 av 16.»; empty where nobody is late, or nobody alone has most."""
    worst = loads[0] if loads else None
    if worst is None or not worst.late or (len(loads) > 1 and loads[1].late == worst.late):
        return ""
    return f"{worst.name} har flest sena ärenden, {worst.late} av {worst.open}." if len(loads) > 1 else ""


def how_many(cases: Cases) -> int:
    """The number of cases that hold on the scope's day; one more than are counted where there are more. One query."""
    return _first.count(*cases.shape, MOST + 1, **cases.values)


@prepared(**CASES)
def _first(roles: RolesShape, everybody: bool, most: int, **values: Any) -> QuerySet:
    return cases_of(roles, everybody, **values).order_by().values("pk")[:most]
