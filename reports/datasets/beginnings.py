"""Tallies about how enrolments began: kartläggning and plan in time, and volumes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest

from core.facts import FactQuerySet
from participants.enums import ReferralSource, ReferralState
from participants.models import CountedOnly, Enrolment, EnrolmentEntry, Referral
from projects.models import Project
from reports.datasets.population import Population
from reports.datasets.sql import DaysBetween, flag
from reports.tallies import DeadlineTally

# Those whose days also run from when somebody applied or was referred there.
REFERRING = (ReferralSource.SOCIAL_SERVICES, ReferralSource.EMPLOYMENT_SERVICE, ReferralSource.SOCIAL_INSURANCE)
_COLUMNS = ("part", "is_due", "is_within", "has_left", "days", "has_exited")


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """What decides how a deadline is read: each of the two has its own number of days."""

    as_of: date
    assessment_days: int
    plan_days: int

    @property
    def days(self) -> int:
        """The day by which both are to be done."""
        return max(self.assessment_days, self.plan_days)


@dataclass(slots=True)
class Beginnings:
    """`without_day`: enrolments from the three agencies that say neither when somebody applied nor was referred."""

    from_enrolment: list[DeadlineTally] = field(default_factory=list)
    from_application: list[DeadlineTally] = field(default_factory=list)
    enrolled: int = 0
    exited: int = 0
    counted_only: int = 0
    without_day: int = 0

    def add(self, part: str, tally: DeadlineTally, *, has_exited: bool) -> None:
        """Put a tally where it belongs."""
        if part == "counted_only":
            self.counted_only += tally.count
        elif part == "without_day":
            self.without_day += tally.count
        elif part == "enrolled":
            self.from_enrolment.append(tally)
            self.enrolled += tally.count
            self.exited += tally.count if has_exited else 0
        else:
            self.from_application.append(tally)


def beginnings(population: Population, rules: DeadlineRules, *, known_at: datetime | None = None) -> Beginnings:
    """Deadlines and volumes as of the day; one statement. Referrals are read as they were known at the moment."""
    parts = [
        _alike(from_enrolment(population.enrolments, rules), "enrolled"),
        _alike(from_application(population.enrolments, rules), "applied"),
        _alike(_without_day(population.enrolments, rules), "without_day"),
    ]
    if population.is_whole:
        parts.append(_alike(never_enrolled(population.project, rules, known_at), "applied"))
        parts.append(_alike(_counted_only(population.project, rules, known_at), "counted_only"))
    result = Beginnings()
    for part, is_due, is_within, has_left, days, has_exited, count in parts[0].union(*parts[1:], all=True):
        tally = DeadlineTally(count, bool(is_due), bool(is_within), bool(has_left), days)
        result.add(part, tally, has_exited=bool(has_exited))
    return result


def from_enrolment(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    """All enrolments begun by the day, with how they kept the deadline."""
    return _with_deadline(enrolments.filter(enrolled_on__lte=rules.as_of).annotate(start_on=F("enrolled_on")), rules)


def from_application(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    """Enrolments from the three agencies whose application or referral had come by the day, likewise."""
    came = enrolments.filter(source__in=REFERRING).annotate(start_on=Coalesce("applied_on", "referred_on"))
    return _with_deadline(came.filter(start_on__lte=rules.as_of), rules)


def never_enrolled(project: Project, rules: DeadlineRules, known_at: datetime | None) -> QuerySet[Referral]:
    """Referrals that had come by the day and led to no enrolment: nothing was done, and nobody left."""
    begun = _known(EnrolmentEntry.objects.all(), known_at).filter(
        enrolment__project=project, enrolment__participant=OuterRef("participant")
    )
    led_to = begun.filter(Q(concerns_on__gte=OuterRef("start_on")) | Q(referred_on=OuterRef("concerns_on")))
    came = (
        _known(Referral.objects.filter(project=project, source__in=REFERRING), known_at)
        .exclude(state=ReferralState.ACCEPTED)
        .annotate(start_on=Coalesce("applied_on", "concerns_on"))
    )
    return _bare(came.filter(~Exists(led_to), start_on__lte=rules.as_of), is_due=flag(_is_due(rules)))


def _known(facts: FactQuerySet, moment: datetime | None) -> FactQuerySet:
    return facts.known_at(moment) if moment else facts.current()


def _counted_only(project: Project, rules: DeadlineRules, known_at: datetime | None) -> QuerySet[CountedOnly]:
    rows = CountedOnly.objects.filter(project=project, year__lte=rules.as_of.year)
    return _bare(rows.filter(recorded_at__lte=known_at) if known_at else rows)


def _without_day(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    came = enrolments.filter(source__in=REFERRING, enrolled_on__lte=rules.as_of)
    return _bare(came.filter(applied_on__isnull=True, referred_on__isnull=True))


def _with_deadline(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    known = Q(assessed_on__lte=rules.as_of, planned_on__lte=rules.as_of)
    return enrolments.annotate(
        assessed_days=DaysBetween(F("assessed_on"), F("start_on")),
        planned_days=DaysBetween(F("planned_on"), F("start_on")),
        exit_days=DaysBetween(F("exited_on"), F("start_on")),
    ).annotate(
        is_due=flag(_is_due(rules)),
        is_within=flag(known & Q(assessed_days__lte=rules.assessment_days, planned_days__lte=rules.plan_days)),
        has_left=flag(Q(exited_on__lte=rules.as_of, exit_days__lt=rules.days)),
        days=Case(When(known, then=Greatest("assessed_days", "planned_days")), output_field=IntegerField()),
        has_exited=flag(Q(exited_on__lte=rules.as_of)),
    )


def _is_due(rules: DeadlineRules) -> Q:
    """The last of the days has passed."""
    return Q(start_on__lt=rules.as_of - timedelta(days=rules.days))


def _bare(rows: QuerySet[Any], *, is_due: Value | Case | None = None) -> QuerySet[Any]:
    """Rows about which little more than their number is known."""
    no, nothing = Value(False), Cast(Value(None), output_field=IntegerField())
    return rows.annotate(is_due=is_due or no, is_within=no, has_left=no, has_exited=no, days=nothing)


def _alike(rows: QuerySet[Any], part: str) -> QuerySet[Any, Any]:
    return rows.annotate(part=Value(part)).values_list(*_COLUMNS).annotate(count=Count("pk"))
