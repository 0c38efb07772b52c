"""Expressions that both databases understand."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import BigIntegerField, Func, IntegerField, Value


class DaysBetween(Func):
    """Whole days from the second date to the first; SQLite keeps dates as text."""

    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """Julian days, whose difference is exact for dates."""
        (later, later_values), (earlier, earlier_values) = map(compiler.compile, self.get_source_expressions())
        return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)", (*later_values, *earlier_values)


class JsonKeys(Func):
    """A list of keys for `__in`, however long: one parameter, where a list of Python's is one for each of them."""

    template = "(SELECT value FROM json_each(%(expressions)s))"
    output_field = BigIntegerField()

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(Value(json.dumps(list(keys))))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Sequence[Any]]:
        """PostgreSQL asks for the type."""
        keys = "(SELECT value::bigint FROM json_array_elements_text(%(expressions)s::json))"
        return self.as_sql(compiler, connection, template=keys, **context)
