"""Tables as they were at a moment in the past, put in front of the statements that read them.

A statement that begins with `WITH "actionplans_stepclock" AS (…)` reads what stands there wherever it names the table.
So the datasets ask about the past by the statements that they ask about the present by, and know of neither
(docs/adr/0032). Nothing is written, and no statement is added.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection
from django.db.models import Field, Model

from participants.models import Enrolment

_ENROLMENTS = Enrolment._meta.db_table
Part = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class PastRows:
    """What a table of enrolments, or of something that each enrolment has, held at the moment.

    columns: those that the rows say; the others (whose it is, of which project) are what the enrolment has now.
    rows: by the enrolment's key, each row a value per column; a column that a row doesn't name is NULL.
    """

    model: type[Model]
    columns: frozenset[str]
    rows: Mapping[int, Sequence[Mapping[str, Any]]]

    @property
    def table(self) -> str:
        """The table's name."""
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column that says whose a row is."""
        return "id" if self.model is Enrolment else "enrolment_id"

    @property
    def said(self) -> list[Field]:
        """The columns that the rows say, in the table's order."""
        return [field for field in self.model._meta.concrete_fields if field.column in self.columns]

    def own_columns(self) -> str:
        """All columns, as they are in the table itself."""
        return ", ".join(f'now."{field.column}"' for field in self.model._meta.concrete_fields)

    def past_columns(self, said: Callable[[str], str]) -> str:
        """All columns, as the rows (by `said`) or their enrolments have them."""
        names = [field.column for field in self.model._meta.concrete_fields]
        values = {name: f'whose."{name}"' for name in names} | {self.key: 'whose."id"'}
        values |= {name: said(name) for name in self.columns}
        return ", ".join(f'{value} AS "{name}"' for name, value in values.items())

    def document(self) -> str:
        """The rows as JSON: {"17": [{"due_on": "2026-01-31"}]}. What is None isn't there."""
        said = {
            key: [{name: value for name, value in row.items() if value is not None} for row in rows]
            for key, rows in self.rows.items()
        }
        return json.dumps(said, default=str, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class PastTables:
    """What stands before a statement: SQL that ends in a space, and its parameters."""

    sql: str
    params: tuple[Any, ...]

    @classmethod
    def of(cls, project: int, changed: Sequence[int] | None, *tables: PastRows) -> Self:
        """Tables of one project that hold `tables` in place of the rows of the changed enrolments (of all, for None).

        That of the enrolments stands last: the others read the real one, which on PostgreSQL it hides from then on.
        """
        said = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
        parts = [said(project, changed, table) for table in tables]
        params = tuple(value for _, values in parts for value in values)
        return cls(f"WITH {', '.join(sql for sql, _ in parts)} ", params)

    @contextmanager
    def read(self) -> Iterator[None]:
        """Until it ends, what is asked on this thread's connection is read from the tables of the past."""
        with connection.execute_wrapper(self._put_first):
            yield

    def _put_first(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        return execute(self.sql + sql, (*self.params, *(params or ())), many, context)


# ruff: noqa: S608 (table and column names are the models' own; values are parameters)
def _on_sqlite(project: int, changed: Sequence[int] | None, past: PastRows) -> Part:
    """SQLite copies such a table once for a statement, and makes an index for it that lasts as long.

    The real tables are named with their database, since a table in a WITH that names itself is a circle.
    """
    columns = past.past_columns(lambda name: f"json_extract(said.value, '$.{name}')")
    then = (
        f"SELECT {columns} FROM json_each(%s) AS held CROSS JOIN json_each(held.value) AS said"
        f' CROSS JOIN main."{_ENROLMENTS}" AS whose ON whose."id" = CAST(held.key AS INTEGER)'
    )
    if changed is None:
        return f'"{past.table}" AS ({then})', [past.document()]
    now = (
        f'SELECT {past.own_columns()} FROM main."{past.table}" AS now'
        f' WHERE now."project_id" = %s AND now."{past.key}" NOT IN (SELECT value FROM json_each(%s))'
    )
    return f'"{past.table}" AS ({now} UNION ALL {then})', [project, json.dumps(changed), past.document()]


def _on_postgresql(project: int, changed: Sequence[int] | None, past: PastRows) -> Part:
    """PostgreSQL puts such a table into each place that reads it, where an enrolment's rows are found by its key.

    Copied once instead (MATERIALIZED), it would have no index, and each look at an enrolment's other steps read all of
    it. For the same reason the rows are taken out of the document by the enrolment, and not put in a list.
    """
    types = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in past.said)
    columns = past.past_columns('said."{}"'.format)
    keys = past.rows if changed is None else changed
    listed = f"{{{','.join(map(str, keys))}}}"
    # IS TRUE: without it a look for one enrolment goes through the index once for each of the changed.
    then = (
        f'SELECT {columns} FROM "{_ENROLMENTS}" AS whose'
        f' CROSS JOIN LATERAL jsonb_to_recordset(%s::jsonb -> whose."id"::text) AS said({types})'
        f' WHERE whose."project_id" = %s AND (whose."id" = ANY(%s::bigint[])) IS TRUE'
    )
    values = [past.document(), project, listed]
    if changed is None:
        return f'"{past.table}" AS NOT MATERIALIZED ({then})', values
    now = (
        f'SELECT {past.own_columns()} FROM "{past.table}" AS now'
        f' WHERE now."project_id" = %s AND now."{past.key}" <> ALL(%s::bigint[])'
    )
    return f'"{past.table}" AS NOT MATERIALIZED ({now} UNION ALL {then})', [project, listed, *values]
