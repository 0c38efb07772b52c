"""The measurement itself: that it runs, in a database of its own, and says what it promises."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from workshop.bench.measure import Measured, Timing, measure
from workshop.bench.table import lines

ROOT = Path(__file__).resolve().parents[2]
MEANWHILE = r"participant page while 8 ask for documents: 19 of 20 under \d+ ms, aim 500"


def timing(**fields: object) -> Timing:
    return Timing(**{"name": "list", "ms": 30, "slow_ms": 40, "floor_ms": 10, "queries": 9, "aim": 4, **fields})


@pytest.mark.parametrize(("ms", "verdict"), [(40, "within"), (40.1, "over")])
def test_a_row_says_whether_the_aim_is_met(ms: float, verdict: str) -> None:
    assert verdict in lines([timing(ms=ms)])[-1]


def test_a_row_without_an_aim_has_no_verdict() -> None:
    row = lines([timing(aim=None)])[-1]
    assert "3.00" in row
    assert "within" not in row
    assert "over" not in row


@pytest.mark.django_db
def test_queries_are_those_of_one_run_and_never_the_floors(django_user_model) -> None:
    one = Measured("count", run=django_user_model.objects.count, floor=lambda: list(django_user_model.objects.all()))
    assert measure(one, rounds=3).queries == 1


def test_the_command_measures_in_a_database_of_its_own(tmp_path) -> None:
    asked = "list, first page;number search;participant page;save a meeting;its data alone"
    command = [sys.executable, "manage.py", "bench", "--enrolments", "40", "--rounds", "1", "--only", asked]
    environment = {**os.environ, "DEBUG": "1", "TMPDIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert [row[0].strip() for row in rows] == [
        "list, first page",
        "number search",
        "participant page",
        "save a meeting with a step",
        "result page, its data alone",
    ]
    assert all(int(row[-1]) > 0 and float(row[1]) > 0 for row in rows)
    # So many pages of one reader that their chain would have met a copied event.
    assert re.fullmatch(MEANWHILE, done.stdout.splitlines()[-1])
    assert not list(tmp_path.iterdir())
