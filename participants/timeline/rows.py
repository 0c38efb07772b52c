"""Facts of a case as rows: what all of them say, and how a kind's own columns are read from JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, get_type_hints
from uuid import UUID

from django.db.models import CharField, Expression, F, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from participants.models import Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact about a case. Each kind has a class of its own, with what only that kind says.

    `fact` is its key and `corrects` that of the fact it corrects; both are unique among facts of a kind only.
    `category` is the kind of information that the fact itself is of, by which others read it.
    """

    fact: int
    corrects: int | None
    on: date
    recorded_at: datetime
    superseded_at: datetime | None
    by: str
    category: str

    @property
    def is_current(self) -> bool:
        """Whether nothing has replaced the fact."""
        return self.superseded_at is None


RowT = TypeVar("RowT", bound=FactRow)

_SHARED: Final[Mapping[str, Expression | F]] = {
    "fact": F("pk"),
    "corrects": F("corrects_id"),
    "on": F("concerns_on"),
    "recorded_at": F("recorded_at"),
    "superseded_at": F("superseded_at"),
    "by": F("recorded_by__name"),
    "category": F("category"),
}
# A text behind a key that may be missing is NULL in the query, and "" in a row.
_READ: Final[Mapping[object, Callable[[Any], Any]]] = {
    str: lambda value: value or "",
    int: int,
    bool: bool,
    date: date.fromisoformat,
    UUID: UUID,
}


def readable(enrolment: Enrolment) -> Q:
    """The condition on facts of an enrolment that may be read, as its `reading` says."""
    return Q(enrolment=enrolment.pk, misplaced_at__isnull=True) & enrolment.reading.facts()


def is_told_which(enrolment: Enrolment, party: str) -> Q:
    """The condition on facts that name an organisation in the column `party`: that the reader may be told which it is.
    Another organisation than the owner isn't told which third one is with the person."""
    reader = enrolment.reading.organisation_id
    return Q(owner_id=reader) | Q(**{f"{party}_id": reader}) | Q(**{f"{party}_id": F("owner_id")})


def part(row: type[FactRow], facts: QuerySet, **columns: Expression | F) -> QuerySet:
    """The facts as tuples that can be joined with those of other kinds by UNION: the kind, the shared columns in the
    order of FactRow, and a JSON object of the rest.

    `columns` says where the fields of `row` are found. One that is named like a shared column takes its place. A field
    that is left out gets the default of `row`.
    """
    shared = {name: columns.pop(name, column) for name, column in _SHARED.items()}
    # Kinds differ in their columns, and all parts of a UNION must have the same: the own ones are therefore one.
    named = {"kind": Value(row.__name__, CharField()), **shared, "own": JSONObject(**columns)}
    annotations = {f"col_{name}": column for name, column in named.items()}
    return facts.order_by().annotate(**annotations).values_list(*annotations)


def read_row(row: type[RowT], shared: tuple[Any, ...], own: Mapping[str, Any]) -> RowT:
    """A row from a tuple of the query: dates, ids and choices are turned from JSON into what the class says."""
    readers = _readers(row)  # type: ignore[arg-type]  # a class is hashable, whatever mypy says of its rows
    read: dict[str, Any] = {
        name: None if value is None and readers[name].allows_none else readers[name].read(value)
        for name, value in own.items()
    }
    return row(**dict(zip(_SHARED, shared, strict=True)), **read)


class _ColumnReader(NamedTuple):
    """How a column is read from JSON, and whether None stays None, as in `date | None`."""

    read: Callable[[Any], Any]
    allows_none: bool


@cache
def _readers(row: type[FactRow]) -> dict[str, _ColumnReader]:
    """By column of the row's own. Kept by class: a page reads some 200 columns."""
    hints = get_type_hints(row)
    return {column.name: _reader(hints[column.name]) for column in fields(row) if column.name not in _SHARED}


def _reader(kind: Any) -> _ColumnReader:
    known = getattr(kind, "__args__", (kind,))[0]
    return _ColumnReader(known if issubclass(known, Enum) else _READ[known], known is not kind)
