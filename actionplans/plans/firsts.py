"""The first days that a case keeps of its meetings and placements, worked out of the facts of many cases at a time.

What they are is said in docs/statistics.md#tidsgranser. Another organisation's meetings are its own, and what was noted
in an emergency counts for nothing, as with the next contact (`next_contact.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value

from actionplans.enums import MeetingKind
from actionplans.meetings.booking import MeetingSaid
from actionplans.models import Meeting, PlanRevision
from core.batches import IN_A_QUESTION, in_chunks
from participants.enrolment.deadlines import refresh_first_due
from participants.locking import lock_cases
from participants.models import Enrolment, PlacementPeriod

COLUMNS = ("first_met_on", "first_placed_on", "followed_up_on")


@dataclass(frozen=True, slots=True)
class FirstDays:
    """The first days of each case, by the key of its enrolment; a case that has none isn't there."""

    first_met_on: dict[int, date]
    first_placed_on: dict[int, date]
    followed_up_on: dict[int, date]

    def of(self, enrolment: int) -> tuple[date | None, ...]:
        """The days of a case, in the order of `COLUMNS`."""
        return tuple(getattr(self, name).get(enrolment) for name in COLUMNS)


def first_met_on(said: Iterable[MeetingSaid]) -> date | None:
    """The day of the first personal meeting among these; None without any."""
    return min((meeting.held_on for meeting in said if meeting.is_personal), default=None)


def followed_up_on(said: Iterable[MeetingSaid], planned_on: date | None) -> date | None:
    """The day of the first contact after the day of the first complete plan; None without either."""
    if planned_on is None:
        return None
    return min((row.held_on for row in said if row.is_contact and row.held_on > planned_on), default=None)


def first_days(chosen: Q, moment: datetime | None = None) -> FirstDays:
    """The days by facts about the enrolments that `chosen` (a condition on a fact) says, as they were known at the
    moment; now, without one. One query."""
    contacts = (
        _known(Meeting.objects.filter(chosen), moment)
        .filter(owner=F("enrolment__owner"), in_emergency=False, participant_present=True)
        .exclude(kind=MeetingKind.NO_SHOW)
    )
    plans = PlanRevision.objects.filter(enrolment=OuterRef("enrolment"), is_complete=True)
    plans = plans.known_at(moment) if moment else plans.current()
    planned_on = plans.order_by().values("enrolment").annotate(first=Min("concerns_on")).values("first")
    facts = {
        "first_met_on": contacts.exclude(kind=MeetingKind.PHONE),
        "first_placed_on": _known(PlacementPeriod.objects.filter(chosen), moment),
        "followed_up_on": contacts.filter(concerns_on__gt=Subquery(planned_on)),
    }
    parts = [_first(rows, name) for name, rows in facts.items()]
    found: dict[str, dict[int, date]] = {name: {} for name in COLUMNS}
    for name, enrolment, day in parts[0].union(*parts[1:], all=True):
        found[name][enrolment] = day
    return FirstDays(**found)


def _known(facts: Any, moment: datetime | None) -> Any:
    """Facts known at the moment; one that has come from another file since was not known here."""
    return facts.known_at(moment).exclude(here_since__gt=moment) if moment else facts.current()


def _first(facts: QuerySet[Any], name: str) -> QuerySet[Any, Any]:
    """Rows of: the column, the enrolment, and the first day among its facts."""
    rows = facts.order_by().annotate(column=Value(name)).values_list("column", "enrolment_id")
    return rows.annotate(first=Min("concerns_on"))


def refresh_first_days(enrolment_ids: Iterable[int]) -> None:
    """Write the days anew where they aren't what the facts say, and what is due first with them."""
    for chunk in in_chunks(sorted(enrolment_ids)):
        with transaction.atomic(savepoint=False):
            changed = _put_right(lock_cases(chunk))
            Enrolment.objects.bulk_update(changed, COLUMNS, batch_size=IN_A_QUESTION)
            refresh_first_due(row.pk for row in changed)


def differing_first_days(enrolment_ids: Iterable[int]) -> int:
    """How many of these enrolments keep other days than their facts say."""
    chunks = (Enrolment.objects.filter(pk__in=chunk) for chunk in in_chunks(enrolment_ids))
    return sum(len(_put_right(list(rows))) for rows in chunks)


def _put_right(rows: Sequence[Enrolment]) -> list[Enrolment]:
    """Enrolments among these that keep other days than they should, with the right ones, unsaved. One query."""
    found, wrong = first_days(Q(enrolment__in=[row.pk for row in rows])), []
    for row in rows:
        right = found.of(row.pk)
        if tuple(getattr(row, name) for name in COLUMNS) != right:
            for name, value in zip(COLUMNS, right, strict=True):
                setattr(row, name, value)
            wrong.append(row)
    return wrong
