"""Files that only the program's own user may open."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

# Files that the program makes from now on are its own user's alone.
OWN_ONLY = 0o077
# What SQLite keeps beside a database.
_COMPANIONS = ("", "-wal", "-shm", "-journal")


def keep_to_oneself() -> None:
    """Make all files that this process makes readable by its own user alone."""
    os.umask(OWN_ONLY)


def database_files(name: str) -> list[Path]:
    """The files of an SQLite database, whether they are there or not."""
    return [Path(f"{name}{ending}") for ending in _COMPANIONS]


def faults_of_files(paths: Iterable[Path]) -> Iterator[str]:
    """Files that others may read or write; one that isn't there yet is no fault."""
    for path in paths:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & OWN_ONLY:
            yield f"{path} kan läsas av andra: kör chmod 600 på den."
