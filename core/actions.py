"""The one writing path: an action is atomic, and everything it writes carries the same stamp."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from core.days.dates import stockholm_day

P = ParamSpec("P")
R = TypeVar("R")

_stamp: ContextVar[datetime | None] = ContextVar("stamp", default=None)


def stamp() -> datetime:
    """The moment shared by all facts of the running action."""
    return _stamp.get() or timezone.now()


def stamp_day() -> date:
    """The calendar day in Stockholm of the running action's stamp; today where no action runs.

    What an action checks and what it writes are then of one day, also when it goes on past midnight.
    """
    return stockholm_day(stamp())


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function in one transaction under one stamp. An action called by an action joins it."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        # What an action has called fails together with it, so only the outermost can be rolled back alone.
        with transaction.atomic(savepoint=_stamp.get() is None):
            if _stamp.get() is not None:
                return function(*args, **kwargs)
            token = _stamp.set(timezone.now())
            try:
                return function(*args, **kwargs)
            finally:
                _stamp.reset(token)

    return run


@contextmanager
def written_at(moment: datetime) -> Iterator[None]:
    """Let actions carry another stamp than now: only for invented populations, which need a past."""
    token = _stamp.set(moment)
    try:
        yield
    finally:
        _stamp.reset(token)
