"""Which database the program opens: in production never the demo's, in development never one used in production.

A database is looked at when a process first opens it, so that no command and no server gets past.
"""

import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from core.enums import Use
from core.models import DatabaseUse
from core.start.refusal import refuse_faults, refuse_to_start

# What must hold of a database in production. A check is given the names of its tables, which may be those of an older
# release or none, and answers with a Swedish sentence, empty where all is well. Each app joins its own at start.
Check = Callable[[Collection[str]], str]
checks: list[Check] = []
# What `prepare` does to the database each time, whether anything was missing or not.
preparations: list[Callable[[], None]] = []

_IN_PRODUCTION = (
    "Samverkan startar inte: databasen har använts i skarp drift, och DEBUG=1 är bara för påhittade uppgifter."
)
_HAS_DEMO = "Databasen har demons påhittade uppgifter och kända lösenord: använd en egen databas."

_looked_at: set[str] = set()


def look_when_opened(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Look at a database the first time that this process opens it; told of each new connection."""
    name = str(connection.settings_dict["NAME"])
    if connection.alias == DEFAULT_DB_ALIAS and name not in _looked_at:
        _looked_at.add(name)
        guard_database()


def open_before_serving() -> None:
    """Look at the database before the first request; end the process if it can't be reached either.

    A connection that is opened for this is closed again: processes that are made from this one must not share it.
    """
    if connection.connection is not None:
        return
    try:
        connection.ensure_connection()
    except DatabaseError:
        refuse_to_start("Samverkan startar inte: databasen svarar inte, eller är ingen databas.")
    connection.close()


def guard_database() -> None:
    """End the process if the database mustn't be used in this mode; mark it as used in production if it may."""
    tables = connection.introspection.table_names()
    uses = _uses(tables)
    if settings.DEVELOPMENT:
        if Use.PRODUCTION in uses:
            refuse_to_start(_IN_PRODUCTION)
        return
    refuse_faults(faults_in_production(tables, uses))
    if Use.PRODUCTION not in uses:
        mark(Use.PRODUCTION, tables)


def faults_in_production(tables: Collection[str], uses: Collection[str]) -> list[str]:
    """Why real data mustn't be here, in sentences."""
    if Use.DEMO in uses:
        return [_HAS_DEMO]
    return [fault for check in checks if (fault := check(tables))]


def mark(use: Use, tables: Collection[str] | None = None) -> None:
    """Remember what the database has been used for; a database without tables can't."""
    if _is_there(connection.introspection.table_names() if tables is None else tables):
        DatabaseUse.objects.get_or_create(use=use)


def running_command() -> str:
    """The command of manage.py that this process runs; empty for a server."""
    is_command_line = Path(sys.argv[0]).name in ("manage.py", "django-admin", "__main__.py")
    return sys.argv[1] if is_command_line and len(sys.argv) > 1 else ""


def _uses(tables: Collection[str]) -> set[str]:
    return set(DatabaseUse.objects.values_list("use", flat=True)) if _is_there(tables) else set()


def _is_there(tables: Collection[str]) -> bool:
    return DatabaseUse._meta.db_table in tables
