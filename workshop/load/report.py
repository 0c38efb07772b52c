"""The outcome of the load, against its aims, as a table and a few sentences."""

from collections.abc import Mapping
from statistics import median, quantiles

from workshop import aims
from workshop.bench.table import table
from workshop.load.crowd import Answered
from workshop.load.memory import Memory, WorkerMemory
from workshop.load.work import RESULT

BARE = "bare view"
_HEAD = ("page", "clicks", "median ms", "19 of 20 under", "at most", "")
_SHOWN_ERRORS = 5


def lines(answered: Answered, memory: Memory) -> list[str]:
    """The table, the errors, and the memory."""
    most = limit_ms(answered.times)
    rows = [_row(page, times, None if page in (RESULT, BARE) else most) for page, times in answered.times.items()]
    said = [_errors(answered), *(_worker(worker) for worker in memory.workers)]
    return [*table(_HEAD, sorted(rows, key=lambda row: row[0])), "", *said, *answered.errors[:_SHOWN_ERRORS]]


def limit_ms(times: Mapping[str, list[float]]) -> float:
    """How long nineteen of twenty pages may take: what is promised, or more where the bare view is slow too."""
    bare = times.get(BARE)
    return max(aims.LOAD_P95_MS, aims.LOAD_TIMES_BARE_P95 * slow(bare) if bare else 0)


def slow(times: list[float]) -> float:
    """The time within which nineteen of twenty answers came."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _row(page: str, times: list[float], most: float | None) -> tuple[str, ...]:
    held = (f"{most:.0f}", aims.verdict(slow(times) / most - 1)) if most else ("", "")
    return (page, str(len(times)), f"{median(times):.0f}", f"{slow(times):.0f}", *held)


def _errors(answered: Answered) -> str:
    found = len(answered.errors)
    clicks = sum(map(len, answered.times.values())) + found
    return f"errors: {found} of {clicks} clicks, aim 0: {f'misses by {found}' if found else 'holds'}"


def _worker(worker: WorkerMemory) -> str:
    peak, growth = max(worker.seen), worker.growth
    held = aims.verdict(peak / aims.LOAD_WORKER_MIB - 1), aims.verdict(growth / aims.LOAD_GROWTH - 1)
    return (
        f"a worker: {worker.seen[0]:.0f} MiB at first, {worker.seen[-1]:.0f} at last, {peak:.0f} at most, "
        f"aim {aims.LOAD_WORKER_MIB}: {held[0]}; {100 * growth:+.1f} % from the third quarter to the last, "
        f"aim {100 * aims.LOAD_GROWTH:g}: {held[1]}"
    )
