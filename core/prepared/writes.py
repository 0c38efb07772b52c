"""Rows written by statements whose words are kept: what Django makes anew for each is most of what a row costs."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

import django
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import NOT_PROVIDED, Field, Model

from core.batches import in_chunks
from core.prepared.questions import TRIED

M = TypeVar("M", bound=Model)

# At most this many rows in a statement, so that few lengths of it are kept.
_ROWS: Final = 50


class NotPlainError(Exception):
    """A table whose rows Django doesn't write by plain values of its own columns alone."""


class _Written(NamedTuple):
    """The words of a statement, and the fields whose values it takes in their order."""

    sql: str
    fields: tuple[Field, ...]


def insert(rows: Sequence[M]) -> Sequence[M]:
    """Write new rows of one table, with one statement for each fifty, and give them their keys.

    As `bulk_create` does: without `save` of the model, and without signals. Raises IntegrityError where the database
    refuses one, NotPlainError for a table that isn't plain.
    """
    if rows and django.VERSION[:2] not in TRIED:
        type(rows[0])._base_manager.bulk_create(rows)
        return rows
    with transaction.mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS):
        for chunk in in_chunks(rows, _ROWS):
            _insert(chunk, connections[DEFAULT_DB_ALIAS])
    return rows


def update(row: Model, *names: str) -> None:
    """Write these columns of a row that is there. As `save` with `update_fields`, but for signals. Raises DatabaseError
    where the row is gone."""
    connection = connections[DEFAULT_DB_ALIAS]
    words = _update_words(type(row), names)
    with transaction.mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(words.sql, _values(row, words.fields, connection, is_new=False))
        if cursor.rowcount != 1:
            raise DatabaseError(f"{type(row).__name__} {row.pk} is gone")


def _insert(rows: list[M], connection: BaseDatabaseWrapper) -> None:
    has_key = rows[0].pk is not None
    words = _insert_words(type(rows[0]), has_key, len(rows))
    with connection.cursor() as cursor:
        values = [value for row in rows for value in _values(row, words.fields, connection, is_new=True)]
        cursor.execute(words.sql, values)
        keys = [row.pk for row in rows] if has_key else [key for (key,) in cursor.fetchall()]
    for row, key in zip(rows, keys, strict=True):
        row.pk, row._state.adding, row._state.db = key, False, DEFAULT_DB_ALIAS


def _values(row: Model, fields: Iterable[Field], connection: BaseDatabaseWrapper, *, is_new: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, is_new), connection) for field in fields]


@lru_cache(maxsize=500)
def _insert_words(model: type[Model], has_key: bool, count: int) -> _Written:
    fields = [field for field in model._meta.concrete_fields if has_key or not field.primary_key]
    columns, places = ", ".join(map(_column, fields)), ", ".join(["%s"] * len(fields))
    keys = [] if has_key else ["RETURNING", _column(_plain(model._meta.pk))]
    words = ["INSERT INTO", _table(model), f"({columns})", "VALUES", ", ".join([f"({places})"] * count), *keys]
    return _Written(" ".join(words), tuple(map(_plain, fields)))


@lru_cache(maxsize=500)
def _update_words(model: type[Model], names: tuple[str, ...]) -> _Written:
    fields = [_plain(model._meta.get_field(name)) for name in names]
    changed = ", ".join(f"{_column(field)} = %s" for field in fields)
    key = _plain(model._meta.pk)
    return _Written(" ".join(["UPDATE", _table(model), "SET", changed, "WHERE", _column(key), "= %s"]), (*fields, key))


def _plain(field: Any) -> Field:
    """The field. Raises NotPlainError where the database or the field itself has a say in what is written."""
    has_say = hasattr(field, "get_placeholder") or field.generated or field.db_default is not NOT_PROVIDED
    if has_say or field.model._meta.parents:
        raise NotPlainError(field)
    return field


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _column(field: Field) -> str:
    return _quoted(field.column)


def _quoted(name: str | None) -> str:
    # Both databases quote names alike, so that the words are the same on them.
    return f'"{name}"'
