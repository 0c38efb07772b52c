"""A database of an earlier release becomes one of today's with all that it held, and its figures stay what they were.

`tests/data/schemas` keeps, for each release, the demo with corrections, protection, a wrong registration, an emergency,
a register and reports on top, as SQLite and as PostgreSQL wrote it, and the figures that the release itself counted.
scripts/keep_release.sh keeps today's.
"""

import gzip
import json
import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.db import connection
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "tests/data/schemas"
RELEASES = sorted(
    (path.name.removesuffix(".figures.json") for path in SCHEMAS.glob("*.figures.json")),
    key=lambda release: int(release.partition("-")[0]),
)
# Each starts processes, and to migrate an early one is forty seconds of a core: the oldest goes through all migrations
# that any goes through. `make soak` has them all.
UPGRADED = [release for release in RELEASES if "SOAK" in os.environ or release in (RELEASES[0], RELEASES[-1])]
# What the old database held and a new one must still hold, row by row: facts and the log are never thrown away.
KEPT = (
    "accounts_accessevent",
    "accounts_accesssubject",
    "participants_participant",
    "participants_enrolment",
    "participants_enrolmententry",
    "participants_exit",
    "actionplans_meeting",
    "actionplans_stepassessment",
    "reports_report",
    "reports_reportsection",
)


def test_there_are_releases_to_upgrade_from():
    assert RELEASES


@pytest.mark.parametrize("release", UPGRADED)
def test_an_earlier_database_keeps_all_that_it_held(release, tmp_path):
    with _database(release, tmp_path) as (address, count):
        before = {table: count(table) for table in KEPT}
        assert all(before.values()), before
        _manage(address, tmp_path, "prepare")
        after = {table: count(table) for table in KEPT}
        assert [table for table in KEPT if after[table] < before[table]] == []
        _manage(address, tmp_path, "shell", "--no-imports", "-c", _look(release, tmp_path))
        found = json.loads((tmp_path / "found.json").read_text())
        assert found["figures"] == json.loads((SCHEMAS / f"{release}.figures.json").read_text())
        assert found["missing"] == []


def _look(release: str, folder: Path) -> str:
    """Count the figures again, go through the log, and compare clocks and facts: in one process, each costs a start."""
    asked = [(figures["project"], figures["as_of"]) for figures in _figures(release)]
    return f"""
import io, json
from django.core.management import call_command
from django.apps import apps
from django.db import connection

def figures(project, day):
    out = io.StringIO()
    call_command("step_progression", "--project", project, "--as-of", day, "--format", "json", stdout=out)
    return json.loads(out.getvalue())

call_command("write_log_heads", stdout=io.StringIO())
call_command("verify_log", stdout=io.StringIO())
call_command("rebuild_step_clock", "--check", stdout=io.StringIO())
tables = set(connection.introspection.table_names())
missing = [model._meta.db_table for model in apps.get_models() if model._meta.db_table not in tables]
counted = [figures(project, day) for project, day in {asked!r}]
json.dump({{"figures": counted, "missing": missing}}, open({str(folder / "found.json")!r}, "w"))
"""


def _figures(release: str) -> list[dict]:
    return json.loads((SCHEMAS / f"{release}.figures.json").read_text())


def _manage(address: str, folder: Path, *arguments: str) -> None:
    env = {**os.environ, "DEBUG": "1", "DATABASE_URL": address, "LOG_HEADS_FILE": str(folder / "heads")}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [str(ROOT / ".venv/bin/python"), "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _database(release: str, folder: Path):
    """The address of a database as the release left it, and how to count a table's rows."""
    if connection.vendor == "sqlite":
        yield _on_sqlite(release, folder)
        return
    name = f"upgrade_{os.getpid()}"
    with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as server:
        server.autocommit = True
        server.cursor().execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield _on_postgresql(release, name)
        finally:
            server.cursor().execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _on_sqlite(release: str, folder: Path):
    path = folder / "old.sqlite3"
    path.write_bytes(gzip.decompress((SCHEMAS / f"{release}.sqlite3.gz").read_bytes()))
    path.chmod(0o600)

    def count(table: str) -> int:
        with closing(sqlite3.connect(path)) as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    return f"sqlite:///{path}", count


def _on_postgresql(release: str, name: str):
    address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    dump = gzip.decompress((SCHEMAS / f"{release}.sql.gz").read_bytes()).decode()
    # Lines with a backslash are orders to the client that dumped it.
    statements = "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))
    with closing(psycopg2.connect(address)) as database, database, database.cursor() as cursor:
        cursor.execute(statements)

    def count(table: str) -> int:
        with closing(psycopg2.connect(address)) as database, database.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table)))
            return cursor.fetchone()[0]

    return address, count
