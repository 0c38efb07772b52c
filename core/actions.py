"""The one writing path: an action is atomic, and everything it writes carries the same stamp."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from core.days.dates import stockholm_day
from core.operation.turns import check_alone, writing

P = ParamSpec("P")
R = TypeVar("R")

# The last moments that figures are settled at (reports tells of its adopted ones): all stamps come after.
settled_moments: list[Callable[[], datetime | None]] = []
# How much the clocks of two machines may differ, or one be set back by.
_CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(slots=True)
class _Running:
    """The running action's stamp, once somebody has asked for it."""

    stamp: datetime | None = None


_running: ContextVar[_Running | None] = ContextVar("running", default=None)


def stamp() -> datetime:
    """The moment shared by all facts of the running action: that at which it is first asked for, which in most actions
    is once they have the locks that they waited for."""
    running = _running.get()
    if running is None:
        return timezone.now()
    running.stamp = running.stamp or _after_what_is_settled()
    return running.stamp


def _after_what_is_settled() -> datetime:
    """Now, or just after the last settled moment where the clock has been slower than that. One statement."""
    now = timezone.now()
    last = max(filter(None, (moment() for moment in settled_moments)), default=None)
    return last + timedelta(microseconds=1) if last and now <= last < now + _CLOCKS_DIFFER else now


def stamp_day() -> date:
    """The calendar day in Stockholm of the running action's stamp; today where no action runs.

    What an action checks and what it writes are then of one day, also when it goes on past midnight.
    """
    return stockholm_day(stamp())


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction under one stamp. An action called by an action joins it."""
    return _action(function, alone=False)


def action_alone(function: Callable[P, R]) -> Callable[P, R]:
    """An action that settles what figures are counted by: nobody else writes while it runs (core.operation.turns).

    A form that is saved by it says so in `writes_alone`. Raises OthersStillWrite where others write for too long.
    """
    return _action(function, alone=True)


def _action(function: Callable[P, R], *, alone: bool) -> Callable[P, R]:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            if alone:
                check_alone()
            # What an action has called fails together with it, so only the outermost can be rolled back alone.
            with transaction.atomic(savepoint=False):
                return function(*args, **kwargs)
        with writing(alone=alone), _stamped(_Running()):
            return function(*args, **kwargs)

    return run


@contextmanager
def written_at(moment: datetime) -> Iterator[None]:
    """Let actions carry another stamp than now: only for invented populations, which need a past."""
    with _stamped(_Running(moment)):
        yield


@contextmanager
def _stamped(running: _Running) -> Iterator[None]:
    token = _running.set(running)
    try:
        yield
    finally:
        _running.reset(token)
