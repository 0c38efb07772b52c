"""A few places for heavy work, shared by all processes of the machine.

A place is a lock on a file: the system lets go of it when its process ends, in any way. Nothing is kept
in a worker's memory, and nothing is left behind by one that was killed.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from django.conf import settings


class NoPlaceError(Exception):
    """All places are taken; `is_own` says that one of them is the asker's, who may have no second."""

    def __init__(self, *, is_own: bool) -> None:
        super().__init__("The asker has a place already." if is_own else "All places are taken.")
        self.is_own = is_own


@dataclass(frozen=True, slots=True)
class Places:
    """So many at a time, by name; one for each holder, so that nobody can take them all."""

    name: str
    count: int

    @contextmanager
    def hold(self, holder: str) -> Iterator[None]:
        """Have a place while the block runs. Raises NoPlaceError at once where there is none: nobody waits in here."""
        with self._taken(holder.encode()):
            yield

    def _taken(self, holder: bytes) -> FileIO:
        """An open, locked file with the holder's name in it."""
        with self._file("door") as door, ExitStack() as rest:
            fcntl.flock(door, fcntl.LOCK_EX)
            files = [rest.enter_context(self._file(str(number))) for number in range(self.count)]
            free = [file for file in files if _lock(file)]
            if any(file.readall() == holder for file in files if file not in free):
                raise NoPlaceError(is_own=True)
            if not free:
                raise NoPlaceError(is_own=False)
            return _signed(free[0], holder)

    def _file(self, part: str) -> FileIO:
        folder = Path(settings.PLACES_FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(folder / f"{self.name}-{part}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return FileIO(number, "r+")


def _lock(file: FileIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _signed(file: FileIO, holder: bytes) -> FileIO:
    """A second descriptor of the lock, which outlives the files that were looked at."""
    kept = FileIO(os.dup(file.fileno()), "r+")
    kept.truncate(0)
    kept.write(holder)
    return kept
