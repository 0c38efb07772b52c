"""Tallies about how enrolments began: each deadline from each start, and volumes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, DateField, DateTimeField, Q, QuerySet, Value
from django.db.models.functions import ExtractYear

from core.prepared.questions import prepared
from participants.enums import REFERRING
from participants.models import CountedOnly, Enrolment
from reports.datasets import deadline_codes as codes
from reports.datasets.deadline_codes import Key
from reports.datasets.limits import Awaits, Before, Days, DeadlineRules, Since
from reports.datasets.population import Population
from reports.datasets.starts import from_application, from_enrolment, from_plan, never_enrolled
from reports.statistics.deadlines import DeadlineTally


@dataclass(slots=True)
class Beginnings:
    """Tallies of each deadline by what it awaits and since when, and how many enrolled, left and were counted only.

    `without_day`: enrolments from the three agencies that say neither when somebody applied nor was referred.
    """

    each: dict[Key, list[DeadlineTally]] = field(default_factory=dict)
    enrolled: int = 0
    exited: int = 0
    counted_only: int = 0
    without_day: int = 0

    def of(self, awaits: Awaits, since: Since) -> list[DeadlineTally]:
        """The tallies of one deadline."""
        return self.each.get((awaits, since), [])

    @property
    def from_enrolment(self) -> list[DeadlineTally]:
        """Tallies of kartläggning and plan together, from the enrolment."""
        return self.of(Awaits.BOTH, Since.ENROLMENT)

    @property
    def from_application(self) -> list[DeadlineTally]:
        """Tallies of kartläggning and plan together, from the application."""
        return self.of(Awaits.BOTH, Since.APPLICATION)

    def add(self, key: Key, tally: DeadlineTally) -> None:
        """Put a tally where it belongs."""
        self.each.setdefault(key, []).append(tally)


def beginnings(population: Population, rules: DeadlineRules, *, known_at: datetime | None = None) -> Beginnings:
    """Deadlines and volumes as of the day; one statement. Referrals are read as they were known at the moment."""
    result = Beginnings()
    for part, code, began_on, count in _asked(population, rules, known_at):
        if part == "counted_only":
            result.counted_only += count
        elif part == "without_day":
            result.without_day += count
        elif part == "enrolled":
            result.enrolled += count
            result.exited += count if codes.has_exited(code) else 0
        for key, tally in codes.tallies_of(part, code, began_on, count, rules):
            result.add(key, tally)
    return result


def _asked(population: Population, rules: DeadlineRules, known_at: datetime | None) -> Iterable[Any]:
    if not population.is_whole:
        return _rows(population, rules, known_at)
    days = {"as_of": rules.as_of, **rules.before._asdict()}
    return _of_whole.ask(rules.of_each, project=population.project.pk, moment=known_at, **days)


def _rows(population: Population, rules: DeadlineRules, known_at: Any) -> QuerySet[Any, Any]:
    """Rows of: the part, the packed number, the day that a placement runs from where that decides, and how many."""
    enrolments, as_of, days, before = population.enrolments, rules.as_of, rules.of_each, rules.before
    applied = from_application(enrolments, as_of)
    met = codes.code_of_one(applied, rules, "first_met_on", days.first_meeting, before.met_before)
    planned = from_plan(enrolments, as_of)
    followed = codes.code_of_one(planned, rules, "followed_up_on", days.follow_up, before.followed_before)
    parts = [
        _grouped(codes.code_of_both(from_enrolment(enrolments, as_of), rules), "enrolled"),
        _grouped(codes.code_of_both(applied, rules), "applied"),
        _grouped(met, "met"),
        _grouped(followed, "followed"),
        _grouped(codes.uncoded(_without_day(enrolments, as_of)), "without_day"),
    ]
    if days.placement is not None:
        placed = codes.code_of_placement(from_enrolment(enrolments, as_of), rules, days.placement)
        parts.append(_grouped(placed, "placed"))
    if population.beside is not None:
        never = never_enrolled(population, as_of, known_at)
        parts.append(_grouped(codes.code_of_never(never, rules), "never"))
        parts.append(_grouped(codes.uncoded(_counted_only(population, as_of, known_at)), "counted_only"))
    return parts[0].union(*parts[1:], all=True)


@prepared(
    project=BigIntegerField(),
    as_of=DateField(),
    moment=DateTimeField(),
    **{name: DateField() for name in Before._fields},
)
def _of_whole(days: Days, *, project: Any, as_of: Any, moment: Any, **before: Any) -> QuerySet[Any, Any]:
    return _rows(Population.whole(project), DeadlineRules(as_of, days, Before(**before)), moment)


def _counted_only(population: Population, as_of: Any, known_at: datetime | None) -> QuerySet[CountedOnly]:
    rows = CountedOnly.objects.counting(known_at)
    return rows.filter(population.beside or Q(), project=population.project, year__lte=ExtractYear(as_of))


def _without_day(enrolments: QuerySet[Enrolment], as_of: Any) -> QuerySet[Enrolment]:
    came = enrolments.filter(source__in=REFERRING, enrolled_on__lte=as_of)
    return came.filter(applied_on__isnull=True, referred_on__isnull=True)


def _grouped(rows: QuerySet[Any], part: str) -> QuerySet[Any, Any]:
    """The rows counted by their packed number, as those of this part."""
    return rows.annotate(part=Value(part)).values_list("part", "code", "began_on").annotate(count=Count("pk"))
