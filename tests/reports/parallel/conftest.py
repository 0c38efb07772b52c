"""A project whose figures are known, and somebody who stops in the middle of an action. Nothing is timed."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import Any

import pytest
from django.db import connection

from participants.models import Enrolment
from tests.reports.conftest import known_cases
from tests.world import worlds
from tests.world.populations import write


@pytest.fixture
def world(transactional_db):
    world = worlds.build()
    world.project.enrolments.update(is_void=True)
    write(world.project, known_cases())
    return world


@pytest.fixture
def open_case(world) -> Enrolment:
    """Somebody who is still in the project."""
    return world.project.enrolments.filter(is_void=False, exited_on__isnull=True).order_by("pk").last()


Start = Callable[[Callable[[], Any]], "Future[Any]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Begin a job in a thread of its own, with a connection of its own."""

    def in_thread(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        yield lambda job: pool.submit(in_thread, job)


class Stop:
    """Where the first who calls a function stops, before it does anything, until they are let go."""

    def __init__(self) -> None:
        self._come, self._go = Event(), Event()

    def wait_here(self) -> None:
        if not self._come.is_set():
            self._come.set()
            assert self._go.wait(60)

    def has_come(self) -> None:
        assert self._come.wait(30)

    def let_go(self) -> None:
        self._go.set()


@pytest.fixture
def stop(monkeypatch) -> Iterator[Callable[[Any, str], Stop]]:
    """Have the first who calls a module's function stop there."""
    made: list[Stop] = []

    def at(module: Any, name: str) -> Stop:
        real, stop = getattr(module, name), Stop()

        def slow(*args: Any, **kwargs: Any) -> Any:
            stop.wait_here()
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, slow)
        made.append(stop)
        return stop

    yield at
    for stop in made:
        stop.let_go()


def waits_for_somebody() -> bool:
    """Whether somebody waits for another's lock. SQLite doesn't tell, and there everybody waits."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def until(is_so: Callable[[], bool]) -> None:
    """Ask until it is so; thirty seconds at most, which only a fault takes."""
    last = monotonic() + 30
    while not is_so():
        assert monotonic() < last
