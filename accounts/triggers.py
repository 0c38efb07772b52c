"""Triggers that keep the access log append-only, and its reviews once they are finished, on both databases.

SQLite drops triggers whenever Django remakes a table, so they are laid again after every migrate.
"""

from typing import Any

from django.db import connections

# The table, and which of its rows may not be changed. None of them can be deleted.
GUARDED = {
    "accounts_accessevent": "",
    "accounts_accesssubject": "",
    "accounts_accessnote": "",
    "accounts_logreview": "OLD.finished_at IS NOT NULL",
    "accounts_logreviewitem": "OLD.verdict <> ''",
}


def install_triggers(using: str = "default", **_: Any) -> None:
    """Lay the triggers anew."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, settled in GUARDED.items():
            if table in present:
                for statement in _statements(connection.vendor, table, settled):
                    cursor.execute(statement)


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


def _statements(vendor: str, table: str, settled: str) -> list[str]:
    update, delete = trigger_names(table)
    truncate = f"{table}_no_truncate"
    when = f"WHEN ({settled}) " if settled else ""
    if vendor == "postgresql":
        refuse = "EXECUTE FUNCTION access_log_refuse()"
        return [
            "CREATE OR REPLACE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'access log is append-only'; END $$",
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
