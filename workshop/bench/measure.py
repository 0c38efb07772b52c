"""Times a page and its floor by turns, so that a slow moment of the machine strikes both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Something to measure, with its floor.

    `aim`: how many times its floor it may take. `share`: the share of the rounds to run, less than 1 for something
    slow.
    """

    name: str
    run: Callable[[], object]
    floor: Callable[[], object]
    aim: float | None = None
    share: float = 1


@dataclass(frozen=True, slots=True)
class Timing:
    """Median times in milliseconds. `slow`: nine of ten rounds were faster."""

    name: str
    ms: float
    slow_ms: float
    floor_ms: float
    queries: int
    aim: float | None

    @property
    def ratio(self) -> float:
        """How many times its floor it took."""
        return self.ms / self.floor_ms

    @property
    def is_within(self) -> bool | None:
        """Whether it took no more than its aim; None where it has none."""
        return None if self.aim is None else self.ratio <= self.aim


def measure(one: Measured, *, rounds: int) -> Timing:
    """Run it and its floor by turns. The first rounds fill caches and aren't counted."""
    rounds = max(1, round(rounds * one.share))
    for _ in range(min(WARM_UP, rounds)):
        one.floor()
        one.run()
    with CaptureQueriesContext(connection) as queries:
        one.run()
        asked = len(queries)
    pairs = [(_time(one.floor), _time(one.run)) for _ in range(rounds)]
    times = [run for _, run in pairs]
    return Timing(
        name=one.name,
        ms=median(times),
        slow_ms=quantiles(times, n=10, method="inclusive")[-1] if rounds > 1 else times[0],
        floor_ms=median(floor for floor, _ in pairs),
        queries=asked,
        aim=one.aim,
    )


def _time(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
