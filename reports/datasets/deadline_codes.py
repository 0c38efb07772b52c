"""How a row stands to its deadlines, as one whole number that rows alike are counted by, and what the number says.

From the lowest bit: flags, days until the second thing was done, days until the first. Days are 0 where a thing isn't
done, and raised by `_MOVED`, since a kartläggning can be older than the enrolment and a packed number is never
negative. Days between two dates and sorting by the number are most of what SQLite does here, so kartläggning and plan,
which run from the same day, are coded together: three deadlines by one walk. SQLite reckons an expression anew in each
place where it stands, so days stand in few, behind the comparison that says whether they count: of 100 000 enrolments
the five walks took 535 ms before that, and take 435.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import LessThan, Range

from core.days.dates import after_workdays
from reports.datasets.flags import pack, unpack
from reports.datasets.limits import Awaits, DeadlineRules, Since, longest
from reports.datasets.sql import DaysBetween
from reports.statistics.deadlines import DeadlineTally

Key = tuple[Awaits, Since]

# The last two only where kartläggning and plan have unlike limits: those of the shorter.
_FLAGS = ("due", "left_before", "has_exited", "shorter_due", "shorter_left")
_NEVER = (Awaits.BOTH, Awaits.FIRST_MEETING, Awaits.ASSESSMENT, Awaits.PLAN)
_SECOND, _FIRST = 1 << len(_FLAGS), 1 << len(_FLAGS) + 18
_MOVED = 100_000
# PostgreSQL takes a NULL for a text unless told.
_NO_DAY = Cast(Value(None), DateField())


def with_days(rows: QuerySet[Any], rules: DeadlineRules, **columns: str) -> QuerySet[Any]:
    """Days from the start to each thing that may have happened by the as-of day, and to the exit; none if it hasn't."""
    return rows.annotate(
        **{
            name: Case(When(**{f"{column}__lte": rules.as_of}, then=DaysBetween(F(column), F("start_on"))))
            for name, column in {**columns, "exit_days": "exited_on"}.items()
        }
    )


def code_of_both(rows: QuerySet[Any], rules: DeadlineRules) -> QuerySet[Any]:
    """Rows with the number that says how each stands to kartläggning and plan, in that order."""
    flags = {
        "due": Q(start_on__lt=rules.due_before),
        "left_before": _left_within(rules.days, rules),
        "has_exited": Q(exited_on__lte=rules.as_of),
    }
    if rules.shorter:
        days, before = rules.shorter
        flags |= {"shorter_due": Q(start_on__lt=before), "shorter_left": _left_within(days, rules)}
    code = _code(flags, _raised_days("assessed_on", rules), _raised_days("planned_on", rules))
    return rows.annotate(code=code, began_on=_NO_DAY)


def code_of_one(rows: QuerySet[Any], rules: DeadlineRules, column: str, days: int, before: Any) -> QuerySet[Any]:
    """Rows with the number that says how each stands to one thing, whose day the column has."""
    flags = {"due": Q(start_on__lt=before), "left_before": _left_within(days, rules)}
    return rows.annotate(code=_code(flags, _raised_days(column, rules)), began_on=_NO_DAY)


def code_of_placement(rows: QuerySet[Any], rules: DeadlineRules, least: int) -> QuerySet[Any]:
    """Rows with the number that says how each stands to the first placement, within `least` workdays.

    No database knows Swedish holidays. So many workdays are at least as many days and at most `longest`, so a weekend
    decides only between the two: only those rows say from which day they run (`began_on`) and, as the second, in how
    many days they left.
    """
    most = longest(least)
    left = _by_then("exited_on", rules) & Q(Range(_days("exited_on"), (least, most - 1)))
    placed = _by_then("first_placed_on", rules) & Q(Range(_days("first_placed_on"), (least + 1, most)))
    flags = {"due": Q(start_on__lt=rules.before.placed_before), "left_before": _left_within(least, rules)}
    second = Case(When(left, then=_days("exited_on") + _MOVED), default=0)
    code = _code(flags, _raised_days("first_placed_on", rules), second)
    return rows.annotate(code=code, began_on=Case(When(left | placed, then=F("start_on"))))


def code_of_never(rows: QuerySet[Any], rules: DeadlineRules) -> QuerySet[Any]:
    """Referrals that led nowhere, with the number that says for which deadlines they are due."""
    before = (rules.due_before, *rules.before[:3])
    flags = {awaits.value: Q(start_on__lt=day) for awaits, day in zip(_NEVER, before, strict=True)}
    return rows.annotate(code=Cast(pack(flags), BigIntegerField()), began_on=_NO_DAY)


def uncoded(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows that are counted and nothing else."""
    return rows.annotate(code=Value(0, BigIntegerField()), began_on=_NO_DAY)


def has_exited(code: int) -> bool:
    """Whether enrolments with this number, as `code_of_both` makes it, had exited by the as-of day."""
    return unpack(code, _FLAGS)["has_exited"]


def _code(flags: dict[str, Q], first: Any, second: Any = None) -> Any:
    code = Cast(pack(flags), BigIntegerField()) + Cast(first, BigIntegerField()) * _FIRST
    return code if second is None else code + Cast(second, BigIntegerField()) * _SECOND


def _days(column: str) -> DaysBetween:
    return DaysBetween(F(column), F("start_on"))


def _by_then(column: str, rules: DeadlineRules) -> Q:
    return Q(**{f"{column}__lte": rules.as_of})


def _left_within(days: int, rules: DeadlineRules) -> Q:
    return _by_then("exited_on", rules) & Q(LessThan(_days("exited_on"), days))


def _raised_days(column: str, rules: DeadlineRules) -> Case:
    return Case(When(_by_then(column, rules), then=_days(column) + _MOVED), default=0)


def tallies_of(
    part: str, code: int, began_on: date | None, count: int, rules: DeadlineRules
) -> Iterator[tuple[Key, DeadlineTally]]:
    """Tallies of each deadline that rows of a part with this number are about."""
    first, second = _lowered(code // _FIRST), _lowered(code % _FIRST // _SECOND)
    flags = unpack(code, _FLAGS)
    if part == "enrolled" or part == "applied":
        since = Since.ENROLMENT if part == "enrolled" else Since.APPLICATION
        yield from _of_both(since, flags, first, second, count, rules)
    elif part == "never":
        for awaits, is_due in unpack(code, _NEVER).items():
            yield (Awaits(awaits), Since.APPLICATION), DeadlineTally(count, is_due, False, False, None)
    elif part == "placed" and (workdays := rules.of_each.placement) is not None:
        yield (Awaits.PLACEMENT, Since.ENROLMENT), _of_placement(flags, first, second, began_on, count, workdays)
    elif part == "met":
        limit = rules.of_each.first_meeting
        yield (Awaits.FIRST_MEETING, Since.APPLICATION), _tally(flags["due"], flags["left_before"], first, limit, count)
    elif part == "followed":
        limit = rules.of_each.follow_up
        yield (Awaits.FOLLOW_UP, Since.PLAN), _tally(flags["due"], flags["left_before"], first, limit, count)


def _lowered(raised: int) -> int | None:
    return raised - _MOVED if raised else None


def _of_both(
    since: Since, flags: dict[str, bool], assessed: int | None, planned: int | None, count: int, rules: DeadlineRules
) -> Iterable[tuple[Key, DeadlineTally]]:
    both = None if assessed is None or planned is None else max(assessed, planned)
    within = (
        both is not None
        and assessed is not None
        and planned is not None
        and assessed <= rules.assessment_days
        and planned <= rules.plan_days
    )
    due, left = flags["due"], flags["left_before"]
    yield (Awaits.BOTH, since), DeadlineTally(count, due, within, left, both)
    for awaits, days, limit in (
        (Awaits.ASSESSMENT, assessed, rules.assessment_days),
        (Awaits.PLAN, planned, rules.plan_days),
    ):
        is_shorter = limit < rules.days
        own = (flags["shorter_due"], flags["shorter_left"]) if is_shorter else (due, left)
        yield (awaits, since), _tally(*own, days, limit, count)


def _of_placement(
    flags: dict[str, bool],
    placed: int | None,
    exited: int | None,
    began_on: date | None,
    count: int,
    workdays: int,
) -> DeadlineTally:
    limit = _days_of(began_on, workdays) if began_on else workdays
    left = flags["left_before"] or (exited is not None and exited < limit)
    return _tally(flags["due"], left, placed, limit, count)


@cache
def _days_of(began_on: date, workdays: int) -> int:
    return (after_workdays(began_on, workdays) - began_on) // timedelta(days=1)


def _tally(due: bool, left_before: bool, days: int | None, limit: int, count: int) -> DeadlineTally:
    within = days is not None and days <= limit
    return DeadlineTally(count=count, due=due, within=within, left_before=left_before, days=days)
