"""The measurements themselves: that they run, in a database of their own, and say what they promise."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import migrated
from workshop.aims import Aim
from workshop.bench.measure import Measured, Timing, measure
from workshop.bench.table import lines
from workshop.management.commands import bench
from workshop.scale.database import BEGUN

ROOT = Path(__file__).resolve().parents[2]
HELD = r"holds|misses by \d+\.\d %"
MEANWHILE = rf"participant page while 8 ask for documents: 19 of 20 under \d+ ms, aim 500: ({HELD})"


def row(**fields: object) -> str:
    """The row of something that took 30 ms where its floor took 10, among a thousand enrolments."""
    said = {"name": "list", "ms": 30, "slow_ms": 40, "floor_ms": 10, "queries": 9, "aim": None, **fields}
    return lines([Timing(**said)], 1000)[-1]


@pytest.mark.parametrize(
    ("aim", "verdict"),
    [
        (Aim(times=3), "3 × | holds"),
        (Aim(times=2.5), "2.5 × | misses by 20.0 %"),
        (Aim(ms=30), "30 ms | holds"),
        (Aim(times=3, ms=24), "3 ×, 24 ms | misses by 25.0 %"),
        (Aim(times=2, ms=24), "2 ×, 24 ms | misses by 50.0 %"),
        (Aim(times=2, enrolments=1000), "2 × | misses by 50.0 %"),
    ],
)
def test_a_row_says_whether_the_aim_holds_and_by_how_much_it_is_missed(aim: Aim, verdict: str) -> None:
    assert f"| {verdict} |" in " ".join(row(aim=aim).split())


@pytest.mark.parametrize("aim", [None, Aim(times=2, enrolments=1001)])
def test_a_row_without_an_aim_has_no_verdict(aim: Aim | None) -> None:
    assert "3.00" in row(aim=aim)
    assert not re.search(HELD, row(aim=aim))


@pytest.mark.django_db
def test_queries_are_those_of_one_run_and_never_the_floors_or_the_preparation(django_user_model) -> None:
    all_users = django_user_model.objects.all()
    one = Measured("count", run=all_users.count, floor=lambda: list(all_users.all()), ready=all_users.exists)
    assert measure(one, rounds=3).queries == 1


def test_what_comes_before_a_run_comes_before_each_and_is_not_timed() -> None:
    done: list[str] = []
    one = Measured("save", run=lambda: done.append("run"), floor=list, ready=lambda: done.append("ready"))
    measure(one, rounds=2, counts_queries=False)
    assert done == ["ready", "run"] * 4


@pytest.fixture
def migrated_file(django_db_setup) -> dict[str, str]:
    """What the environment says of the migrated database to begin with. On PostgreSQL each begins with an empty one."""
    return {BEGUN: str(migrated.kept())}


def measured(tmp_path: Path, *command: str, **more: str) -> list[str]:
    """The lines that a command has printed with the program's own settings. It has left no files, and no server."""
    own = {"DEBUG": "1", "TMPDIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "samverkan.settings"}
    environment = {**os.environ, **own, **more}
    whole = [sys.executable, "manage.py", *command]
    done = subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())
    return done.stdout.splitlines()


def rows(printed: list[str]) -> dict[str, list[str]]:
    """The cells of each row of the tables, by the first of them."""
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in printed if line.startswith("| ")]
    return {first: rest for first, *rest in cells}


def test_both_sizes_are_measured_in_databases_of_their_own(monkeypatch) -> None:
    made: list[str] = []

    @contextmanager
    def own_database():
        made.append("database")
        yield

    monkeypatch.setattr(bench, "own_database", own_database)
    monkeypatch.setattr(bench, "build", lambda size, **_: size)
    monkeypatch.setattr(bench.Command, "_measure", lambda self, world, options: made.append(world))
    monkeypatch.setattr(bench.meanwhile, "line", lambda world, rounds: f"documents at {world}")
    printed = StringIO()
    call_command("bench", stdout=printed)
    assert made == ["database", 200, "database", 100_000]
    assert printed.getvalue() == "documents at 100000\n"


def test_bench_measures_in_a_database_of_its_own(tmp_path, migrated_file) -> None:
    asked = "list, first page;number search;participant page;meeting;its data alone"
    printed = measured(tmp_path, "bench", "--enrolments", "40", "--rounds", "1", "--only", asked, **migrated_file)
    found = rows(printed)
    assert list(found) == [
        "measured",
        "list, first page",
        "number search",
        "participant page",
        "meeting form",
        "save a meeting with a step",
        "result page, its data alone",
        "meeting form after five years",
    ]
    del found["measured"]
    assert all(int(cells[-1]) > 0 and float(cells[0]) > 0 for cells in found.values())
    assert re.fullmatch(MEANWHILE, printed[-1])


def test_the_race_is_run_beside_the_admin(tmp_path, migrated_file) -> None:
    found = rows(measured(tmp_path, "race", "--enrolments", "40", "--rounds", "1", **migrated_file))
    assert found.pop("measured")[2:4] == ["admin ms", "× admin"]
    assert {name: cells[-3] for name, cells in found.items()} == {
        "list": "1 ×",
        "search": "1 ×",
        "search, the page of hits": "",
        "open": "1 ×",
        "save": "1.3 ×",
    }
    assert all(float(cells[0]) > 0 and float(cells[2]) > 0 for cells in found.values())


def test_the_load_ends_by_itself_without_errors(tmp_path, migrated_file) -> None:
    command = ("load", "--enrolments", "40", "--users", "10", "--seconds", "6", "--pause", "0.5", "1")
    printed = measured(tmp_path, *command, **migrated_file)
    found = rows(printed)
    assert {"bare view", "list", "participant", "meeting form", "save of a meeting", "result page"} <= set(found)
    assert all(int(cells[0]) > 0 for cells in found.values() if cells[0] != "clicks")
    assert re.search(r"^errors: 0 of \d{2,} clicks, aim 0: holds$", "\n".join(printed), re.M), printed
    workers = [line for line in printed if line.startswith("a worker: ")]
    assert len(workers) == 2
    assert all(re.search(rf" at most, aim 150: ({HELD}); .* aim 5: ({HELD})$", line) for line in workers)
