"""Tallies about how enrolments began: kartläggning and plan in time, and volumes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear, Greatest

from core.facts import FactQuerySet
from core.prepared.questions import prepared
from participants.enums import ReferralSource, ReferralState
from participants.models import CountedOnly, Enrolment, EnrolmentEntry, Referral
from reports.datasets.flags import pack, unpack
from reports.datasets.population import Population
from reports.datasets.sql import DaysBetween
from reports.statistics.deadlines import DeadlineTally

# The agencies: for enrolments from them the days also run from when somebody applied or was referred.
REFERRING = (ReferralSource.SOCIAL_SERVICES, ReferralSource.EMPLOYMENT_SERVICE, ReferralSource.SOCIAL_INSURANCE)


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """How deadlines are counted: the as-of day, and the number of days for the assessment and for the plan.

    `due_before`: who began before it is due. It is reckoned from the others; a prepared question has slots for both.
    """

    as_of: date
    assessment_days: int
    plan_days: int
    due_before: date | None = None

    def __post_init__(self) -> None:
        if self.due_before is None:
            object.__setattr__(self, "due_before", self.as_of - timedelta(days=self.days))

    @property
    def days(self) -> int:
        """The day by which both are to be done."""
        return max(self.assessment_days, self.plan_days)

    @property
    def shorter(self) -> tuple[str, int] | None:
        """Which of the two is to be done in fewer days than the other, and in how many; None where they have alike."""
        if self.assessment_days == self.plan_days:
            return None
        days = {"assessed_days": self.assessment_days, "planned_days": self.plan_days}
        return min(days.items(), key=lambda said: said[1])


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
    result = Beginnings()
    for part, code, count in _asked(population, rules, known_at):
        tally, has_exited = _tally(code, count, rules)
        result.add(part, tally, has_exited=has_exited)
    return result


def _asked(population: Population, rules: DeadlineRules, known_at: datetime | None) -> Iterable[Any]:
    if not population.is_whole:
        return _rows(population, rules, known_at)
    days = {"as_of": rules.as_of, "due_before": rules.due_before}
    limits = rules.assessment_days, rules.plan_days
    return _of_whole.ask(*limits, project=population.project.pk, moment=known_at, **days)


def _rows(population: Population, rules: DeadlineRules, known_at: Any) -> QuerySet[Any, Any]:
    """Rows of: the part, the packed number, and how many rows have it."""
    parts = [
        _grouped(_coded(from_enrolment(population.enrolments, rules), rules), "enrolled"),
        _grouped(_coded(from_application(population.enrolments, rules), rules), "applied"),
        _grouped(_without_day(population.enrolments, rules), "without_day"),
    ]
    if population.beside is not None:
        parts.append(_grouped(never_enrolled(population, rules, known_at), "applied"))
        parts.append(_grouped(_counted_only(population, rules, known_at), "counted_only"))
    return parts[0].union(*parts[1:], all=True)


@prepared(project=BigIntegerField(), as_of=DateField(), due_before=DateField(), moment=DateTimeField())
def _of_whole(
    assessment_days: int, plan_days: int, *, project: Any, as_of: Any, due_before: Any, moment: Any
) -> QuerySet[Any, Any]:
    return _rows(Population.whole(project), DeadlineRules(as_of, assessment_days, plan_days, due_before), moment)


def from_enrolment(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    """All enrolments begun by the day; the deadline runs from `start_on`."""
    return enrolments.filter(enrolled_on__lte=rules.as_of).annotate(start_on=F("enrolled_on"))


def from_application(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    """Enrolments from the three agencies whose application or referral had come by the day, from that day on."""
    came = enrolments.filter(source__in=REFERRING).annotate(start_on=Coalesce("applied_on", "referred_on"))
    return came.filter(start_on__lte=rules.as_of)


def never_enrolled(population: Population, rules: DeadlineRules, known_at: datetime | None) -> QuerySet[Referral]:
    """Referrals that had come by the day and led to no enrolment that counts: nothing was done, and nobody left."""
    project, whose = population.project, population.beside or Q()
    begun = _known(EnrolmentEntry.objects.all(), known_at).filter(
        is_void=False, enrolment__project=project, enrolment__participant=OuterRef("participant")
    )
    led_to = begun.filter(Q(concerns_on__gte=OuterRef("start_on")) | Q(referred_on=OuterRef("concerns_on")))
    came = (
        _known(Referral.objects.filter(whose, project=project, source__in=REFERRING), known_at)
        .exclude(state=ReferralState.ACCEPTED)
        .annotate(start_on=Coalesce("applied_on", "concerns_on"))
    )
    never = came.filter(~Exists(led_to), start_on__lte=rules.as_of)
    return never.annotate(code=Case(When(_is_due(rules), then=1), default=0))


def _known(facts: FactQuerySet, moment: datetime | None) -> Any:
    return facts.known_at(moment) if moment else facts.current()


def _counted_only(population: Population, rules: DeadlineRules, known_at: datetime | None) -> QuerySet[CountedOnly]:
    whose = population.beside or Q()
    day: Any = rules.as_of
    rows = CountedOnly.objects.counting(known_at)
    return rows.filter(whose, project=population.project, year__lte=ExtractYear(day)).annotate(code=Value(0))


def _without_day(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    came = enrolments.filter(source__in=REFERRING, enrolled_on__lte=rules.as_of)
    return came.filter(applied_on__isnull=True, referred_on__isnull=True).annotate(code=Value(0))


def with_deadline(enrolments: QuerySet[Enrolment], rules: DeadlineRules) -> QuerySet[Enrolment]:
    """Days from the start to each thing that may have happened by the as-of day; none if it hasn't."""
    return enrolments.annotate(
        **{
            name: Case(When(**{f"{column}__lte": rules.as_of}, then=DaysBetween(F(column), F("start_on"))))
            for name, column in (
                ("assessed_days", "assessed_on"),
                ("planned_days", "planned_on"),
                ("exit_days", "exited_on"),
            )
        }
    )


def deadline_conditions(rules: DeadlineRules) -> tuple[Q, Q, Q]:
    """Due, within the days, and left before; in DeadlineTally's order."""
    within = Q(assessed_days__lte=rules.assessment_days, planned_days__lte=rules.plan_days)
    return _is_due(rules), within, Q(exit_days__lt=rules.days)


def _is_due(rules: DeadlineRules) -> Q:
    """The last of the days has passed."""
    return Q(start_on__lt=rules.due_before)


# The flags of a row, from the lowest bit; the last one only where the two have unlike limits. Above them stand the days
# until both were done, 0 where they aren't. The days are raised by `_MOVED`, since a kartläggning can be older than the
# enrolment and a packed number is never negative.
_FLAGS = ("due", "left_before", "has_exited", "shorter_kept")
_DAYS = 1 << len(_FLAGS)
_MOVED = 100_000


def _coded(rows: QuerySet[Any], rules: DeadlineRules) -> QuerySet[Any, Any]:
    """The rows with the packed number that says how each stands to its deadline.

    Days between two dates are most of what SQLite does here, so they are asked for twice and not six times: until the
    later of the two was done, which tells alone whether both were in time if they have the same days, and until exit.
    """
    both = Q(assessed_on__lte=rules.as_of, planned_on__lte=rules.as_of)
    until_both = DaysBetween(Greatest("assessed_on", "planned_on"), F("start_on"))
    flags = {
        "due": _is_due(rules),
        "left_before": deadline_conditions(rules)[2],
        "has_exited": Q(exited_on__lte=rules.as_of),
    }
    if rules.shorter:
        name, limit = rules.shorter
        flags["shorter_kept"] = Q(**{f"{name}__lte": limit})
    code = pack(flags) + Case(When(both, then=(until_both + _MOVED) * _DAYS), default=0)
    return with_deadline(rows, rules).annotate(code=code)


def _grouped(rows: QuerySet[Any], part: str) -> QuerySet[Any, Any]:
    """The rows counted by their packed number, as those of this part."""
    return rows.annotate(part=Value(part)).values_list("part", "code").annotate(count=Count("pk"))


def _tally(code: int, count: int, rules: DeadlineRules) -> tuple[DeadlineTally, bool]:
    """Unpack a row: the tally, and whether its enrolments had exited by the as-of day."""
    flags, raised = unpack(code, _FLAGS), code // _DAYS
    days = raised - _MOVED if raised else None
    within = days is not None and days <= rules.days and (rules.shorter is None or flags["shorter_kept"])
    tally = DeadlineTally(count=count, due=flags["due"], within=within, left_before=flags["left_before"], days=days)
    return tally, flags["has_exited"]
