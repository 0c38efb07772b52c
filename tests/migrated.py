"""The test database, migrated once for all processes of a run and for later runs of the same migrations.

To migrate an empty SQLite database is some twenty seconds' work, to copy it a tenth of a second.
"""

import fcntl
import hashlib
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


def provide() -> bool:
    """Put a migrated copy where Django makes its test database, which then has nothing left to migrate.

    Only for SQLite: False on another database, which is migrated as usual.
    """
    if connection.vendor != "sqlite":
        return False
    name = Path(str(connection.settings_dict["TEST"]["NAME"]))
    _FOLDER.mkdir(mode=0o700, exist_ok=True)
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
    name = Path(str(connection.settings_dict["NAME"]))
    for path in name.parent.glob(f"{name.name}*"):
        path.unlink()


@contextmanager
def _turn() -> Iterator[None]:
    """One process at a time."""
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
