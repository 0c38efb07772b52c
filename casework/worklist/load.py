"""How the open cases lie on those who answer for them: who has many, and who is late with how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db.models import Count

from core.swedish.keys import sort_key
from participants.querysets.enrolment import EnrolmentQuerySet, late_condition
from projects.models import Project


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


def loads_of(cases: EnrolmentQuerySet, project: Project, *, on: date) -> list[WorkerLoad]:
    """Each who answers for open cases of these, the one with most late first. One query; none once the project has
    ended."""
    if project.has_ended(on):
        return []
    live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible().filter(user__isnull=False)
    rows = list(
        cases.filter(exited_on__isnull=True, assignments__in=live)
        .order_by()
        .values_list("assignments__user__public_id", "assignments__user__name", "assignments__user__distinction")
        .annotate(open=Count("pk"), late=Count("pk", filter=late_condition(project, on=on)))
    )
    most = max((row[3] for row in rows), default=0)
    loads = [WorkerLoad(key, _name(name, apart), count, late, most) for key, name, apart, count, late in rows]
    return sorted(loads, key=lambda load: (-load.late, -load.open, sort_key(load.name)))


def _name(name: str, distinction: str) -> str:
    return f"{name} ({distinction})" if distinction else name


def load_in_words(loads: Sequence[WorkerLoad]) -> str:
    """«Jonas Ek har flest sena, 8 av 16 ärenden.»; empty where nobody is late, or nobody alone has most."""
    worst = loads[0] if loads else None
    if worst is None or not worst.late or (len(loads) > 1 and loads[1].late == worst.late):
        return ""
    return f"{worst.name} har flest sena, {worst.late} av {worst.open}." if len(loads) > 1 else ""
