"""The test database, migrated once for all processes of a run; on SQLite for later runs of the same migrations too.

To migrate an empty database is some twenty to forty seconds' work, to copy it less than one.
"""

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_FOLDER = Path(tempfile.gettempdir()) / "samverkan-migrated"
_KEPT = 6
# What decides how an empty database looks once it is migrated.
_PARTS = {"migrations", "models", "models.py", "triggers", "triggers.py", "enums.py", "apps.py"}


def provide(of_run: Path) -> bool:
    """Put a migrated copy where Django makes its test database, which then has nothing left to migrate.

    `of_run` is a folder that the run's processes share. False where Django is to migrate it as usual: on PostgreSQL,
    for a process that is alone or that takes the place of another.
    """
    if connection.vendor != "sqlite":
        return _one_of_the_run(of_run)
    name = Path(str(connection.settings_dict["TEST"]["NAME"]))
    with _turn():
        if not kept().exists():
            _migrate(name, kept())
    _copy(kept(), name)
    return True


def kept() -> Path:
    """The file that is copied; there while a test that needs a database runs on SQLite."""
    return _FOLDER / f"{_key()}.sqlite3"


def remove() -> None:
    """Take away what `provide` put there, once no test needs it: Django leaves a database that was there before it."""
    connection.close()
    if connection.vendor != "sqlite":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(connection.settings_dict['NAME'])}")
        return
    name = Path(str(connection.settings_dict["NAME"]))
    for path in name.parent.glob(f"{name.name}*"):
        path.unlink()


def _one_of_the_run(of_run: Path) -> bool:
    """The process that comes first migrates its own database and copies it for the others. A copy to copy from later
    would be left over, since no process knows that it is the last."""
    own, worker = connection.settings_dict["TEST"]["NAME"], os.environ.get("PYTEST_XDIST_WORKER", "")
    workers = [f"gw{number}" for number in range(int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))]
    if worker not in workers:
        return False
    done = of_run / "migrated"
    with _turn():
        if not done.exists():
            before = connection.settings_dict["NAME"]
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
            settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = before
            with connection._nodb_cursor() as cursor:
                for other in (own.removesuffix(worker) + name for name in workers if name != worker):
                    cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(other)}")
                    cursor.execute(
                        f"CREATE DATABASE {connection.ops.quote_name(other)} TEMPLATE {connection.ops.quote_name(own)}"
                    )
            done.touch()
    return True


@contextmanager
def _turn() -> Iterator[None]:
    """One process at a time."""
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
    with (_FOLDER / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _key() -> str:
    """A digest of all source that the migrated database depends on; and of Django, whose own apps have tables."""
    digest = hashlib.sha256()
    apps = [folder for folder in settings.BASE_DIR.iterdir() if folder.is_dir() and folder.name.isidentifier()]
    found = [path for app in apps if app.name != "tests" for path in app.rglob("*.py") if _PARTS & set(path.parts)]
    for path in (settings.BASE_DIR / "requirements.lock", *sorted(found)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _migrate(name: Path, file: Path) -> None:
    """Let Django make its test database, and keep a copy."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    whole = file.with_suffix(".new")
    whole.unlink(missing_ok=True)
    _copy(name, whole)
    connection.creation.destroy_test_db(before, verbosity=0)
    whole.rename(file)
    # Those of a few other states of the source stay: branches are worked on side by side.
    for old in sorted(_FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        old.unlink()


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
