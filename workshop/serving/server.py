"""Starts a server on the database of this process, by the script that `make run` starts the program by."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from workshop.scale.database import is_sqlite

# Nobody but this machine can reach what is measured.
HOST = "127.0.0.1"
PROGRAM = "samverkan.settings"
_SECONDS_TO_START = 120
_SECONDS_TO_STOP = 20
_SIGNS_OF_LOG = 4_000


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, and the number of the process that has made the others."""

    port: int
    process: int


@contextmanager
def served(settings_module: str, *, jobs: bool) -> Iterator[Server]:
    """Serve with these settings while the block runs; with `jobs`, also what is periodic is done each minute.

    Raises RuntimeError where it doesn't start, with all that it has said.
    """
    connection.close()
    with TemporaryDirectory(prefix="samverkan-served-") as folder:
        port, log = _free_port(), Path(folder) / "server.log"
        environment = {
            **os.environ,
            "DEBUG": "1",
            "PORT": str(port),
            "DATABASE_URL": _address(),
            "DJANGO_SETTINGS_MODULE": settings_module,
            "LOG_HEADS_FILE": str(Path(folder) / "heads"),
            "WITHOUT_JOBS": "" if jobs else "1",
        }
        with log.open("wb") as said:
            script = str(Path(settings.BASE_DIR) / "scripts" / "run.sh")
            # A session of its own: whatever it starts is stopped with it.
            started = subprocess.Popen(  # noqa: S603 - the program's own script
                [script], env=environment, stdout=said, stderr=said, start_new_session=True
            )
        try:
            _wait_for(started, port, log)
            yield Server(port, started.pid)
        except Exception as error:
            # What a server that answered wrongly has said is gone with its folder.
            error.add_note(log.read_text(errors="replace")[-_SIGNS_OF_LOG:])
            raise
        finally:
            _stop(started)


def _address() -> str:
    """The database of this process, as another one is told of it."""
    known = connection.settings_dict
    if is_sqlite():
        return f"sqlite:///{known['NAME']}"
    user, password = (quote(known[name], safe="") for name in ("USER", "PASSWORD"))
    return f"postgres://{user}:{password}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _wait_for(started: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = monotonic() + _SECONDS_TO_START
    while not _answers(port):
        if started.poll() is not None or monotonic() > until:
            raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
        sleep(0.1)


def _answers(port: int) -> bool:
    asking = HTTPConnection(HOST, port, timeout=5)
    try:
        asking.request("GET", "/")
        return asking.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def _stop(started: subprocess.Popen[bytes]) -> None:
    """Ask all of its processes to stop, and end those that don't."""
    for asked in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(started.pid, asked)
        with suppress(subprocess.TimeoutExpired):
            started.wait(_SECONDS_TO_STOP)
