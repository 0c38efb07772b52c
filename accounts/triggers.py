"""Triggers that keep the access log append-only, on both databases.

SQLite drops triggers whenever Django remakes a table, so they are laid again after every migrate.
"""

from typing import Any

from django.db import connections

GUARDED = ("accounts_accessevent", "accounts_accesssubject")


def install_triggers(using: str = "default", **_: Any) -> None:
    """Lay the triggers anew."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in GUARDED:
            if table in present:
                for statement in _statements(connection.vendor, table):
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


def _statements(vendor: str, table: str) -> list[str]:
    update, delete = trigger_names(table)
    truncate = f"{table}_no_truncate"
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'access log is append-only'; END $$",
            f"DROP TRIGGER IF EXISTS {update} ON {table}",
            f"DROP TRIGGER IF EXISTS {delete} ON {table}",
            f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION access_log_refuse()",
            f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION access_log_refuse()",
            f"DROP TRIGGER IF EXISTS {truncate} ON {table}",
            f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION access_log_refuse()",
        ]
    refuse = "BEGIN SELECT RAISE(ABORT, 'access log is append-only'); END"
    return [
        f"DROP TRIGGER IF EXISTS {update}",
        f"DROP TRIGGER IF EXISTS {delete}",
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {refuse}",
    ]
