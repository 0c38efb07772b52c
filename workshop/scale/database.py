"""A database for measuring, on the program's server and with the program's settings."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from django.db import connection

from core.management.commands.prepare import gather_statistics

# The file of a migrated SQLite database to begin with, in the environment: to migrate an empty one is 27 s of a core.
BEGUN = "BENCH_BEGINS_WITH"
# What a shell says of a process that was asked to stop.
_ASKED_TO_STOP = 128 + signal.SIGTERM


@contextmanager
def own_database() -> Iterator[None]:
    """Make and migrate the database, and drop it afterwards. The program's own data is never touched."""
    before = connection.settings_dict["NAME"]
    # Asked to stop, this process first takes away what it has made, servers too: by default it would end at once.
    signal.signal(signal.SIGTERM, _leave)
    with TemporaryDirectory(prefix="samverkan-bench-") as folder:
        connection.settings_dict["TEST"]["NAME"] = (
            str(Path(folder) / "bench.sqlite3") if is_sqlite() else f"samverkan_bench_{os.getpid()}"
        )
        begun = os.environ.get(BEGUN) if is_sqlite() else None
        if begun:
            shutil.copyfile(begun, connection.settings_dict["TEST"]["NAME"])
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=bool(begun))
        try:
            yield
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def _leave(*_: object) -> NoReturn:
    """Raises SystemExit, so that what has been begun is ended."""
    raise SystemExit(_ASKED_TO_STOP)


def is_sqlite() -> bool:
    """Whether the database is SQLite; else it is PostgreSQL."""
    return connection.vendor == "sqlite"


@contextmanager
def no_time_limit() -> Iterator[None]:
    """Lift the database's time limit for a statement, since filling it takes longer than any page may."""
    if not is_sqlite():
        _execute("SET statement_timeout = 0")
    yield
    if not is_sqlite():
        _execute("SET statement_timeout TO DEFAULT")


def settle() -> None:
    """Do the upkeep that a database in operation has had: statistics for the planner, and the write-ahead log folded
    in."""
    if is_sqlite():
        gather_statistics()
        _execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        _execute("VACUUM ANALYZE")


def durability() -> str:
    """The database settings that decide the cost of a commit, in the database's own words."""
    if is_sqlite():
        level = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}[_ask("PRAGMA synchronous")]
        return f"SQLite {_ask('SELECT sqlite_version()')}, journal {_ask('PRAGMA journal_mode')}, synchronous {level}"
    version = _ask("SHOW server_version").split()[0]
    return f"PostgreSQL {version}, fsync {_ask('SHOW fsync')}, synchronous_commit {_ask('SHOW synchronous_commit')}"


def _ask(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
