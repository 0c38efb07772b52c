"""Make the program ready to be served: everything that must be so before the first request, in one process."""

import fcntl
import hashlib
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.start.databases import guard_database, preparations


class Command(BaseCommand):
    help = "Migrates, makes the cache table and collects changed static files; with --demo fills an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill an empty database with the invented project")

    def handle(self, *args: object, **options: object) -> None:
        migrate()
        guard_database()
        for lay in preparations:
            lay()
        gather_statistics()
        call_command("createcachetable", verbosity=0)
        collect_static(Path(settings.STATIC_ROOT))
        if options["demo"]:
            call_command("demo", if_empty=True, stdout=self.stdout, stderr=self.stderr)


def migrate() -> None:
    """Apply what is missing. Nothing missing is the ordinary case, and then only the question is paid for."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def gather_statistics() -> None:
    """Tell SQLite how its tables are filled: by that it chooses among indexes. PostgreSQL sees to it by itself.

    A look at a thousand rows of each index is enough, and takes a fifth of a second at 100 000 enrolments.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


def collect_static(root: Path) -> None:
    """Collect and compress the static files, unless no source file has changed since the last time."""
    stamp = root / ".collected"
    wanted = fingerprint()
    with _alone(root):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        # Away first: if this is interrupted, the next start collects anew.
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(wanted)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Wait until nobody else collects there: of two that start at once, one would clear what the other has laid."""
    root.parent.mkdir(parents=True, exist_ok=True)
    # The folder itself is locked, since whatever lies in it is cleared.
    door = os.open(root.parent, os.O_RDONLY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)


def fingerprint() -> str:
    """Digest of how the files are stored, and of every source file's name, size and time of change."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
