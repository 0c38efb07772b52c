"""Production never runs on the demo's database, nor the demo on one that has been in production."""

import os
import socket
import stat
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.accounts.test_safe_start import ROOT, SAFE
from tests.http.conftest import drop_database, make_database

BIN = ROOT / ".venv/bin"
# What isn't refused would serve until then. To prepare a database takes 15 of a core that is shared with other tests.
SECONDS = 300


@pytest.fixture
def database(site, tmp_path):
    """An empty database of the kind that the tests run on. After the site, which has collected static files."""
    address = make_database(tmp_path, "production")
    yield address
    drop_database(address)


@pytest.fixture
def start(tmp_path):
    """Runs a program in production mode until it ends; gives how it ended."""

    def run(*command, **environment):
        env = {"PATH": os.environ["PATH"], **SAFE, "LOG_HEADS_FILE": str(tmp_path / "heads"), **environment}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=SECONDS)

    return run


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return str(place.getsockname()[1])


def refused(ran):
    """What was said, once it is clear that nothing was started and that nothing else was said."""
    assert ran.returncode != 0
    assert ran.stderr.startswith("Samverkan startar inte")
    assert ran.stderr.count("\n") == 1, ran.stderr
    return ran.stderr


def test_the_server_refuses_the_running_demos_database(site, start):
    command = [BIN / "gunicorn", "samverkan.wsgi:application", "--workers", "2", "--bind", f"127.0.0.1:{free_port()}"]
    assert "demons påhittade uppgifter" in refused(start(*command, DATABASE_URL=site.database))


def test_make_run_refuses_what_production_has_prepared(database, start):
    ran = start(BIN / "python", "manage.py", "prepare", DATABASE_URL=database)
    assert ran.returncode == 0, ran.stderr
    ran = start(ROOT / "scripts/run.sh", DATABASE_URL=database, DEBUG="1", PORT=free_port())
    assert "databasen har använts i skarp drift" in refused(ran)
    assert "prova-samverkan" not in ran.stdout


def test_what_the_running_program_writes_is_its_users_alone(site):
    site.as_("hanna")
    site.manage("write_log_heads")
    name = Path(urlsplit(site.database).path).name
    written = [*site.folder.glob(f"{name}*"), site.folder / "heads"]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in written if path.is_file()}
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    assert "heads" in modes
    assert name in modes or site.database.startswith("postgres")
