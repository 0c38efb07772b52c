"""The memory that the server's workers take while the users click, as Linux tells of each process."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from threading import Event, Thread

from workshop.serving.server import Server

_EVERY_SECONDS = 1.0
_KIB = 1024
_PROCESSES = Path("/proc")


@dataclass(slots=True)
class Memory:
    """The memory of each worker in MiB, as often as it was looked at."""

    seen: dict[int, list[float]] = field(default_factory=dict)

    @property
    def workers(self) -> list["WorkerMemory"]:
        """Each worker that lived to the end of the watch."""
        most = max(map(len, self.seen.values()), default=0)
        return [WorkerMemory(seen) for seen in self.seen.values() if len(seen) == most]

    def look(self, server: Server) -> None:
        """Look at all workers once."""
        for worker in workers(server):
            self.seen.setdefault(worker, []).append(_mebibytes(worker))


@dataclass(frozen=True, slots=True)
class WorkerMemory:
    """The memory of one worker in MiB, from the first look to the last."""

    seen: list[float]

    @property
    def growth(self) -> float:
        """By which share of itself it has grown from the third quarter of the time to the last one."""
        quarter = max(1, len(self.seen) // 4)
        third, last = self.seen[-2 * quarter : -quarter] or self.seen, self.seen[-quarter:]
        return fmean(last) / fmean(third) - 1


@contextmanager
def watched(server: Server) -> Iterator[Memory]:
    """Look at the workers again and again while the block runs."""
    memory, done = Memory(), Event()

    def watch() -> None:
        while not done.wait(_EVERY_SECONDS):
            memory.look(server)

    memory.look(server)
    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        done.set()
        watcher.join()


def workers(server: Server) -> list[int]:
    """The processes that answer: those that the server's first one has made."""
    found = []
    for status in _PROCESSES.glob("[0-9]*/stat"):
        # A process may end while it is looked at.
        with suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[1]) == server.process and b"gunicorn" in (status.parent / "cmdline").read_bytes():
                found.append(int(status.parent.name))
    return sorted(found)


def _mebibytes(process: int) -> float:
    status = (_PROCESSES / str(process) / "status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / _KIB
