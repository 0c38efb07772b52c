"""Heavy work has a few places on the machine: no process remembers them, and a killed one keeps none."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from core.operation.places import NoPlaceError, Places

TWO = Places("prov", 2)
OTHER_PROCESS = """
import sys
from django.conf import settings
settings.configure(PLACES_FOLDER=sys.argv[1])
from core.operation.places import Places
with Places("prov", 2).hold(sys.argv[2]):
    print("holds", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PLACES_FOLDER = str(tmp_path / "places")
    return tmp_path / "places"


@pytest.fixture
def elsewhere(folder):
    """Starts processes that hold a place until they are let go of."""
    started = []

    def start(holder):
        command = [sys.executable, "-c", OTHER_PROCESS, str(folder), holder]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"holds\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def refused(holder):
    with pytest.raises(NoPlaceError) as refusal, TWO.hold(holder):
        pass
    return "own" if refusal.value.is_own else "full"


def test_two_are_let_in_and_the_third_is_told_at_once():
    with TWO.hold("a"), TWO.hold("b"):
        assert refused("c") == "full"
    with TWO.hold("c"), TWO.hold("d"):
        pass


def test_nobody_has_both_places():
    with TWO.hold("a"):
        assert refused("a") == "own"
        with TWO.hold("b"):
            assert (refused("a"), refused("b"), refused("c")) == ("own", "own", "full")
    with TWO.hold("a"):
        pass


def test_a_place_is_free_after_a_fault():
    for _round in range(3):
        with pytest.raises(ZeroDivisionError), TWO.hold("a"):
            raise ZeroDivisionError


def test_other_names_have_places_of_their_own():
    with TWO.hold("a"), Places("annat", 2).hold("a"):
        pass


def test_other_processes_hold_the_same_places_and_a_killed_one_lets_go(elsewhere):
    first, _second = elsewhere("a"), elsewhere("b")
    assert (refused("c"), refused("a")) == ("full", "own")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with TWO.hold("c"):
        assert refused("b") == "own"


def test_however_many_ask_at_once_two_are_let_in():
    ready, done = Barrier(8), Event()
    asked = Barrier(8)

    def ask(number):
        ready.wait()
        try:
            with TWO.hold(str(number)):
                asked.wait()
                done.wait()
                return True
        except NoPlaceError:
            asked.wait()
            return False

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(ask, number) for number in range(8)]
        done.set()
        assert sum(answer.result() for answer in answers) == 2


def test_nobody_else_on_the_machine_reads_who_holds_one(folder):
    with TWO.hold("17"):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
