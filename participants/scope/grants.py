"""The grants that hold in cases: which party may read which kind of information, and until when."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, DateField, Q, QuerySet

from core.enums import Category
from core.prepared.questions import prepared
from participants.models import ConsentGrant
from participants.scope.reading import Grant


def grants_in(enrolments: Sequence[int], on: date) -> Iterator[tuple[int, Grant]]:
    """The grants that hold on the day in cases, given by their primary keys, each with the key of its case. One
    query."""
    several = len(enrolments) != 1
    rows = _rows(Q(enrolment__in=enrolments), on) if several else _of_a_case.ask(enrolment=enrolments[0], on=on)
    for key, organisation, name, category, valid_through in rows:
        yield key, Grant(organisation, name, Category(category), valid_through)


@prepared(enrolment=BigIntegerField(), on=DateField())
def _of_a_case(*, enrolment: Any, on: Any) -> QuerySet:
    return _rows(Q(enrolment=enrolment), on)


def _rows(cases: Q, on: date) -> QuerySet:
    rows = ConsentGrant.objects.on(on).filter(cases).order_by("organisation__sort_key", "category", "-valid_through")
    return rows.values_list("enrolment", "organisation", "organisation__name", "category", "valid_through")
