"""Expressions that both databases understand."""

from typing import Any

from django.db.models import Func, IntegerField


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
