"""Triggers that keep the access log append-only, and its reviews once they are finished, on both databases.

SQLite drops triggers whenever Django remakes a table, so they are laid again after every migrate.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

# The table, and which of its rows may not be changed. None of them can be deleted.
GUARDED = {
    "accounts_accessevent": "",
    "accounts_accesssubject": "",
    "accounts_accessnote": "",
    "accounts_logreview": "OLD.finished_at IS NOT NULL",
    "accounts_logreviewitem": "OLD.verdict <> ''",
}

# What the function of PostgreSQL's triggers does.
_REFUSE = " BEGIN RAISE EXCEPTION 'access log is append-only'; END "


def install_triggers(using: str = "default", **_: Any) -> None:
    """Make every trigger of the log anew, as the program has it now."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, settled in GUARDED.items():
            if table in present:
                for statement in _statements(connection.vendor, table, settled):
                    cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Names of triggers that aren't there as they were laid: gone, switched off, or put to do something else."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    tables = {table: settled for table, settled in GUARDED.items() if table in present}
    look = _off_postgresql if connection.vendor == "postgresql" else _off_sqlite
    with connection.cursor() as cursor:
        return look(cursor, tables)


def lift_triggers(using: str = "default") -> None:
    """Take the triggers away: only for tests that flush the database."""
    connection = connections[using]
    suffix = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in GUARDED:
            for name in (*trigger_names(table), f"{table}_no_truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix.format(table=table)}")


def trigger_names(table: str) -> list[str]:
    """The names of a guarded table's triggers on every database; PostgreSQL has one more against TRUNCATE."""
    return [f"{table}_no_update", f"{table}_no_delete"]


def _off_sqlite(cursor: CursorWrapper, tables: Mapping[str, str]) -> list[str]:
    """Names of triggers that are missing or others, by the statement that SQLite keeps of each."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    laid = dict(cursor.fetchall())
    wanted = [
        (name, statement)
        for table, settled in tables.items()
        for name, statement in zip(trigger_names(table), _statements("sqlite", table, settled)[2:], strict=True)
    ]
    return [name for name, statement in wanted if laid.get(name) != statement]


def _off_postgresql(cursor: CursorWrapper, tables: Mapping[str, str]) -> list[str]:
    """Names of triggers that are missing or others: by table, state, condition, and the body of the function called."""
    cursor.execute(
        "SELECT t.tgname, c.relname, t.tgqual IS NOT NULL FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgenabled IN ('O', 'A') AND p.proname = 'access_log_refuse' AND p.prosrc = %s"
        " AND pg_table_is_visible(c.oid)",
        [_REFUSE],
    )
    laid = set(cursor.fetchall())
    wanted = [
        (name, table, bool(settled) and name.endswith("_no_update"))
        for table, settled in tables.items()
        for name in (*trigger_names(table), f"{table}_no_truncate")
    ]
    return [row[0] for row in wanted if row not in laid]


def _statements(vendor: str, table: str, settled: str) -> list[str]:
    update, delete = trigger_names(table)
    truncate = f"{table}_no_truncate"
    when = f"WHEN ({settled}) " if settled else ""
    if vendor == "postgresql":
        refuse = "EXECUTE FUNCTION access_log_refuse()"
        return [
            f"CREATE OR REPLACE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $${_REFUSE}$$",
            f"DROP TRIGGER IF EXISTS {update} ON {table}",
            f"DROP TRIGGER IF EXISTS {delete} ON {table}",
            f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {when}{refuse}",
            f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
            f"DROP TRIGGER IF EXISTS {truncate} ON {table}",
            f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} {refuse}",
        ]
    refuse = "BEGIN SELECT RAISE(ABORT, 'access log is append-only'); END"
    return [
        f"DROP TRIGGER IF EXISTS {update}",
        f"DROP TRIGGER IF EXISTS {delete}",
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {when}{refuse}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {refuse}",
    ]
