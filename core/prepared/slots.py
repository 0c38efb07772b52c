"""Slots: the places in a question for values that are known when it is asked."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field


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


def example(field: Field, number: int) -> Any:
    """A value that a slot of this field might get: number 0 or 1."""
    return _EXAMPLES[field.get_internal_type()][number]
