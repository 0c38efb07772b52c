"""Copies rows within the database, each copy with keys of its own, so that few rows written by actions become many."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.core.management.color import no_style
from django.db import connection, models, transaction

from workshop.scale.database import is_sqlite

Model = type[models.Model]


@transaction.atomic
def multiply(
    copied: Sequence[Model],
    times: int,
    changed: Mapping[models.Field, str],
    only: Mapping[Model, str] = MappingProxyType({}),
) -> None:
    """Let each row be there `times` times. In `copied`, rows that others refer to come first.

    `changed`: SQL for columns that differ and are no key; `n` is the number of the copy, from 1. `only`: SQL for which
    rows of a model are copied, where it isn't all.
    """
    if times < 2:
        return
    steps = {model: _highest(model) for model in copied}
    with connection.cursor() as cursor:
        for model in copied:
            cursor.execute(_statement(model, steps, changed, only.get(model, "1 = 1")), [times - 1])
        for statement in connection.ops.sequence_reset_sql(no_style(), list(copied)):
            cursor.execute(statement)


def _highest(model: Model) -> int:
    return model._base_manager.aggregate(highest=models.Max("pk"))["highest"] or 0


def _statement(model: Model, steps: Mapping[Model, int], changed: Mapping[models.Field, str], which: str) -> str:
    fields = model._meta.concrete_fields
    names = ", ".join(_quoted(field.column) for field in fields)
    values = ", ".join(changed.get(field) or _value(field, steps) for field in fields)
    return (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "  # noqa: S608
        f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) "
        f"SELECT {values} FROM {_quoted(model._meta.db_table)} CROSS JOIN numbers WHERE {which}"
    )


def _value(field: models.Field, steps: Mapping[Model, int]) -> str:
    column = _quoted(field.column)
    target = field.model if field.primary_key and not field.is_relation else field.related_model
    if isinstance(target, type) and target in steps:
        # PostgreSQL counts in four bytes otherwise, and keys can be greater.
        return f"{column} + n * CAST({steps[target]} AS bigint)"
    if isinstance(field, models.UUIDField) and field.unique:
        return "lower(hex(randomblob(16)))" if is_sqlite() else "gen_random_uuid()"
    return column


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
