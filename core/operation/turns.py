"""Whose turn it is to write (docs/adr/0036): many write at once, and somebody who settles what figures are counted by
writes alone.

SQLite has one writer as it is. On PostgreSQL each transaction that writes begins with a lock, shared by all but the one
who writes alone. It comes before every other lock, so that nobody who holds a row waits for a turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction

# The only advisory lock of the program; the number says nothing.
_KEY = 20_260_711
# While somebody waits to write alone, who comes later waits too.
_LONGEST_WAIT = "5s"
STILL_WRITING = "Just nu sparas mycket i Samverkan, så det här gick inte att spara. Försök igen om en stund."

# Whether the transaction of this context writes alone; None where it hasn't had a turn.
_alone: ContextVar[bool | None] = ContextVar("alone", default=None)


class OthersStillWrite(ValidationError):
    """Others have been writing for longer than somebody who is to write alone can wait. A fault of no field."""

    def __init__(self) -> None:
        super().__init__(STILL_WRITING)


@contextmanager
def writing(*, alone: bool = False) -> Iterator[None]:
    """One transaction with a turn to write; one within it is a savepoint and has the same turn.

    alone: once all who write have ended, and with nobody else until the transaction ends. Raises OthersStillWrite after
    five seconds, and RuntimeError within a turn that is shared: two who both waited for the other would wait for good.
    """
    had = _alone.get()
    if alone:
        check_alone()
    with transaction.atomic():
        if had is None:
            _wait(alone=alone)
        token = _alone.set(alone or bool(had))
        try:
            yield
        finally:
            _alone.reset(token)


def check_alone() -> None:
    """Make sure that no turn is shared with others here. Raises RuntimeError."""
    if _alone.get() is False:
        raise RuntimeError("This writes alone, so its transaction must begin so: `writes_alone` of its form.")


def _wait(*, alone: bool) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        if not alone:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_KEY])
            return
        cursor.execute(f"SET LOCAL lock_timeout = '{_LONGEST_WAIT}'")
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])
        except OperationalError as error:
            raise OthersStillWrite from error
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
