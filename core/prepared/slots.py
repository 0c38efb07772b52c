"""Slots: the places in a question for values that are known when it is asked."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression, Field


class Slot(Expression):
    """The place of a value. It stands among the parameters of the SQL until it is filled."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]

    def filled(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


_EXAMPLES: Final[Mapping[str, tuple[Any, Any]]] = {
    "BigIntegerField": (7_000_001, 8_000_002),
    "CharField": ("seven", "eight"),
    "DateField": (date(2007, 1, 1), date(2008, 2, 2)),
    "DateTimeField": (datetime(2007, 1, 1, tzinfo=UTC), datetime(2008, 2, 2, tzinfo=UTC)),
    "UUIDField": (UUID(int=7_000_001), UUID(int=8_000_002)),
}


def example(field: Field, number: int, place: int) -> Any:
    """A value that a slot of this field might get: number 0 or 1. Whole numbers are unlike by the slot's place, since
    Django asks for two alike once."""
    value = _EXAMPLES[field.get_internal_type()][number]
    return value + place if isinstance(value, int) else value


# The keys of the rows on a page of a list, each in a slot of its own.
PAGE_OF_KEYS: Final = {f"key_{place}": BigIntegerField() for place in range(50)}


def in_page(keys: Collection[int]) -> dict[str, int]:
    """The keys of a page's rows in slots; where there are fewer, the first stands in the others too, which changes
    nothing of what is found. Raises ValueError for none, and for more than a page has."""
    if not 0 < len(keys) <= len(PAGE_OF_KEYS):
        raise ValueError(len(keys))
    rows = list(keys)
    return dict(zip(PAGE_OF_KEYS, rows + rows[:1] * (len(PAGE_OF_KEYS) - len(rows)), strict=True))
