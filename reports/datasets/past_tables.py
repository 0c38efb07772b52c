"""Tables as they were at a moment in the past, put in front of the statements that read them.

A statement that begins with `WITH "actionplans_stepclock" AS (…)` reads what stands there wherever it names the table.
So the datasets ask about the past by the statements that they ask about the present by, and know of neither
(docs/adr/0032). Nothing is written, and no statement is added.
"""

# ruff: noqa: S608 (what is put into SQL here are names of tables and columns, by the models; values are parameters)
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db import connection
from django.db.models import Field, Model

from participants.models import Enrolment

# How many enrolments' rows one document of PostgreSQL's holds: a third of what it has room for, with five steps each.
IN_A_DOCUMENT = 50_000
_ENROLMENTS = Enrolment._meta.db_table
Part = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class PastRows:
    """Rows that a table of enrolments, or of something that each enrolment has, held at a moment in the past.

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

    def parts(self) -> list[Self]:
        """The rows in as many parts as there are documents; the remainder of an enrolment's key is its part's place."""
        count = max(1, -(-len(self.rows) // IN_A_DOCUMENT))
        parts: list[dict[int, Sequence[Mapping[str, Any]]]] = [{} for _ in range(count)]
        for key, rows in self.rows.items():
            parts[key % count][key] = rows
        return [replace(self, rows=rows) for rows in parts]

    def document(self) -> str:
        """The rows as JSON: {"17": [{"due_on": "2026-01-31"}]}. What is None isn't there."""
        said = {
            key: [{name: value for name, value in row.items() if value is not None} for row in rows]
            for key, rows in self.rows.items()
        }
        return json.dumps(said, default=str, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class PastTables:
    """A WITH clause to put before a statement: SQL that ends in a space, and its parameters."""

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


def _on_sqlite(project: int, changed: Sequence[int] | None, past: PastRows) -> Part:
    """SQLite puts the table into each place that reads it, and finds an enrolment's rows by the real table's own index.

    It does so only where the columns of both halves have the same affinity, hence CAST and +. Else it copies the table,
    and makes an index of the copy for each look that is asked for: 8.3 s instead of 2.3 for the tallies of steps of
    100 000 enrolments. The rows from the document are copied; they are few. Real tables are named with their database,
    since a table in a WITH that names itself is a circle.
    """
    then = f"past_{past.table}"
    affinities = {field.column: _affinity(field) for field in past.model._meta.concrete_fields}
    said = past.past_columns(lambda name: _cast(f"json_extract(said.value, '$.{name}')", affinities[name]))
    columns = ", ".join(f'{"" if kind else "+"}"{name}" AS "{name}"' for name, kind in affinities.items())
    rows = (
        f'"{then}" AS MATERIALIZED (SELECT {said} FROM json_each(%s) AS held CROSS JOIN json_each(held.value) AS said'
        f' CROSS JOIN main."{_ENROLMENTS}" AS whose ON whose."id" = CAST(held.key AS INTEGER))'
    )
    if changed is None:
        return f'{rows}, "{past.table}" AS NOT MATERIALIZED (SELECT {columns} FROM "{then}")', [past.document()]
    now = (
        f'SELECT {columns} FROM main."{past.table}"'
        f' WHERE "project_id" = %s AND "{past.key}" NOT IN (SELECT value FROM json_each(%s))'
    )
    sql = f'{rows}, "{past.table}" AS NOT MATERIALIZED ({now} UNION ALL SELECT {columns} FROM "{then}")'
    return sql, [past.document(), project, json.dumps(changed)]


def _affinity(field: Field) -> str:
    """INTEGER or TEXT, which a column made by CAST has; nothing for all others, whose values are texts or numbers."""
    kind = field.db_type(connection) or ""
    return "INTEGER" if "int" in kind else "TEXT" if "char" in kind else ""


def _cast(value: str, affinity: str) -> str:
    return f"CAST({value} AS {affinity})" if affinity else value


def _on_postgresql(project: int, changed: Sequence[int] | None, past: PastRows) -> Part:
    """PostgreSQL puts such a table into each place that reads it, where an enrolment's rows are found by its key.

    Copied once instead (MATERIALIZED), it would have no index, and each look at an enrolment's other steps would read
    all of it. For the same reason the document is asked for one enrolment, and not made a list: 0.35 s instead of 3.7
    with 1 000 changed of 20 000 enrolments. It is read once; written into each place, it would be read in each.
    A jsonb holds 256 MB, the clocks of some 165 000 enrolments, so more than fit in one are in several.
    """
    parts = past.parts()
    types = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in past.said)
    columns, then = past.past_columns('said."{}"'.format), f"past_{past.table}"
    found = [f'(SELECT rows FROM "{then}_{part}")' for part in range(len(parts))]
    choice = " ".join(f"WHEN {part} THEN {rows}" for part, rows in enumerate(found))
    document = f'CASE mod(whose."id", {len(parts)}) {choice} END' if len(parts) > 1 else found[0]
    held = f'({document}) -> whose."id"::text'
    # An enrolment is one row, and says so: of a set a hundred are expected, and then no list of keys is hashed.
    rows = f"jsonb_to_record({held} -> 0)" if past.key == "id" else f"jsonb_to_recordset({held})"
    # IS TRUE: without it a look for one enrolment goes through the index once for each of the changed.
    halves = [
        f'SELECT {columns} FROM "{_ENROLMENTS}" AS whose CROSS JOIN LATERAL {rows} AS said({types})'
        f' WHERE whose."project_id" = %s AND (whose."id" = ANY(%s::bigint[])) IS TRUE'
    ]
    values = [*(part.document() for part in parts), project, _array(past.rows)]
    if changed is not None:
        halves.append(
            f'SELECT {past.own_columns()} FROM "{past.table}" AS now'
            f' WHERE now."project_id" = %s AND now."{past.key}" <> ALL(%s::bigint[])'
        )
        values += [project, _array(changed)]
    documents = ", ".join(f'"{then}_{part}" AS MATERIALIZED (SELECT %s::jsonb AS rows)' for part in range(len(parts)))
    return f'{documents}, "{past.table}" AS NOT MATERIALIZED ({" UNION ALL ".join(halves)})', values


def _array(keys: Iterable[int]) -> str:
    return f"{{{','.join(map(str, keys))}}}"
