"""Times a page and its floor by turns, so that a slow moment of the machine strikes both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from workshop.aims import Aim

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Something to measure, with its floor.

    `share`: the share of the rounds to run, less than 1 for something slow. `ready`: what comes before each run and
    isn't timed.
    """

    name: str
    run: Callable[[], object]
    floor: Callable[[], object]
    aim: Aim | None = None
    share: float = 1
    ready: Callable[[], object] = object


@dataclass(frozen=True, slots=True)
class Timing:
    """Median times in milliseconds. `slow`: nine of ten rounds were faster."""

    name: str
    ms: float
    slow_ms: float
    floor_ms: float
    queries: int | None
    aim: Aim | None

    @property
    def ratio(self) -> float:
        """How many times its floor it took."""
        return self.ms / self.floor_ms


def measure(one: Measured, *, rounds: int, counts_queries: bool = True) -> Timing:
    """Run it and its floor by turns. The first rounds fill caches and aren't counted. What another process asks its
    database can't be counted."""
    rounds = max(1, round(rounds * one.share))
    for _ in range(min(WARM_UP, rounds)):
        one.floor()
        one.ready()
        one.run()
    pairs = [(milliseconds(one.floor), _time(one)) for _ in range(rounds)]
    times = [run for _, run in pairs]
    return Timing(
        name=one.name,
        ms=median(times),
        slow_ms=quantiles(times, n=10, method="inclusive")[-1] if rounds > 1 else times[0],
        floor_ms=median(floor for floor, _ in pairs),
        queries=_queries(one) if counts_queries else None,
        aim=one.aim,
    )


def _queries(one: Measured) -> int:
    one.ready()
    with CaptureQueriesContext(connection) as queries:
        one.run()
        return len(queries)


def _time(one: Measured) -> float:
    one.ready()
    return milliseconds(one.run)


def milliseconds(run: Callable[[], object]) -> float:
    """How long a call takes."""
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
