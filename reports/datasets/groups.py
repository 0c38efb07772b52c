"""Tallies of the target groups that people belong to when they are enrolled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, Value

from participants.models import CaseGrouping, CaseGroupingLine
from projects.enums import ListKind
from projects.models import Listed
from reports.datasets.population import Population

# Stands for all of whom it is said, whatever their groups: no line has this key.
_ALL = 0


@dataclass(frozen=True, slots=True)
class GroupTallies:
    """Of how many enrolments it is said which target groups they belong to, and how many are in each line of the
    project's list. An enrolment is in as many as hold for it, or in none."""

    said: int
    lines: tuple[tuple[Listed, int], ...]


def group_tallies(population: Population, as_of: date, *, known_at: datetime | None = None) -> GroupTallies:
    """Enrolments begun by the day, by the target groups that hold for them at enrolment; two statements. What the
    organisation that owns the case says is counted, and nobody else's word."""
    begun = population.enrolments.filter(enrolled_on__lte=as_of)
    held = CaseGrouping.objects.at_enrolment(known_at).filter(enrolment__in=begun, owner=F("enrolment__owner"))
    all_said = held.order_by().values(of=Value(_ALL, BigIntegerField())).annotate(count=Count("pk"))
    in_lines = CaseGroupingLine.objects.filter(record__in=held.order_by().values("pk"))
    by_line = in_lines.order_by().values(of=F("line")).annotate(count=Count("pk"))
    counts: dict[Any, int] = dict(all_said.union(by_line, all=True).values_list("of", "count"))
    lines = Listed.objects.filter(project=population.project, kind=ListKind.TARGET_GROUP)
    return GroupTallies(counts.pop(_ALL, 0), tuple((line, counts.get(line.pk, 0)) for line in lines))
