"""The program as `make run` serves it, filled with the demo: started once for a whole run of tests."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg2
import pytest
from psycopg2 import sql

from tests.http.client import Visitor
from workshop.demo.cast import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 300


class Site:
    """A running program: where it is, which database it writes to, and who visits it."""

    def __init__(self, base: str, database: str, folder: Path) -> None:
        self.base, self.database, self.folder = base, database, folder

    def visitor(self, address: str = "127.0.0.1") -> Visitor:
        """Somebody who isn't logged in, at an address of this machine."""
        return Visitor(self.base, address)

    def as_(self, name: str) -> Visitor:
        """Somebody of the demo, logged in: `site.as_("hanna")`."""
        return self.visitor().log_in(f"{name}@example.se", PASSWORD)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the server's, on the same database."""
        command = [str(ROOT / ".venv/bin/python"), "manage.py", *arguments]
        env = _environment(self.database, self.folder)
        return subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=300)

    @property
    def log(self) -> str:
        """All that the server has printed so far."""
        return (self.folder / "server.log").read_text(errors="replace")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running program. Processes that run tests side by side share it; the last one stops it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "site"
    folder.mkdir(exist_ok=True)
    with _alone(folder):
        state = _read(folder) or _start(folder)
        _write(folder, {**state, "users": state["users"] + 1})
    yield Site(state["base"], state["database"], folder)
    with _alone(folder):
        state = _read(folder)
        state["users"] -= 1
        _write(folder, state)
        if not state["users"]:
            _stop(folder, state)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(folder: Path) -> dict | None:
    path = folder / "state.json"
    return json.loads(path.read_text()) if path.exists() else None


def _write(folder: Path, state: dict) -> None:
    (folder / "state.json").write_text(json.dumps(state))


def _start(folder: Path) -> dict:
    database = make_database(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**_environment(database, folder), "PORT": str(port)}
    server = _spawn(str(ROOT / "scripts/run.sh"), env, folder / "server.log")
    base = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + SECONDS_TO_START
    while not _answers(base):
        if os.waitpid(server, os.WNOHANG) != (0, 0) or time.monotonic() > deadline:
            raise RuntimeError(f"the program did not start:\n{(folder / 'server.log').read_text()}")
        time.sleep(0.2)
    return {"base": base, "database": database, "group": server, "users": 0}


def _spawn(program: str, env: dict[str, str], log: Path) -> int:
    """Start a program in a session of its own. Not by Popen, which complains when the process outlives its object:
    whichever test process is the last stops the server, not the one that started it."""
    out = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    actions = [out, (os.POSIX_SPAWN_DUP2, 1, 2)]
    return os.posix_spawn(program, [program], env, file_actions=actions, setsid=True)


def _answers(base: str) -> bool:
    try:
        with urlopen(f"{base}/halsa", timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def _stop(folder: Path, state: dict) -> None:
    os.killpg(state["group"], signal.SIGTERM)
    (folder / "state.json").unlink()
    if state["database"].startswith("postgres"):
        time.sleep(1)
    drop_database(state["database"])


def _environment(database: str, folder: Path) -> dict[str, str]:
    """That of `make run`: the program's own settings, not those that the tests have put in this process."""
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**ours, "DEBUG": "1", "DATABASE_URL": database, "LOG_HEADS_FILE": str(folder / "heads")}


def make_database(folder: Path, name: str = "site") -> str:
    """A database of the kind that the tests run on, and its address."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return f"sqlite:///{folder / f'{name}.sqlite3'}"
    address = urlunsplit(urlsplit(given)._replace(path=f"/{name}_{os.getpid()}"))
    _on_server(sql.SQL("CREATE DATABASE {}"), address)
    return address


def drop_database(address: str) -> None:
    """Take a database away, if it is on a server: a file goes with its folder."""
    if address.startswith("postgres"):
        _on_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), address)


def _on_server(statement: sql.SQL, address: str) -> None:
    """Run a statement about the database that the address names, from beside it."""
    name = urlsplit(address).path.lstrip("/")
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement.format(sql.Identifier(name)))
    finally:
        connection.close()
