"""One moment for all statements of a set of figures: none of them sees what others save meanwhile (docs/adr/0036)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Ask everything within it in one transaction that only reads, and that stops nobody who writes.

    Within a transaction it changes nothing: figures that are asked for by an action, or within another moment, are of
    that transaction. Two statements on SQLite, three on PostgreSQL.
    """
    if connection.in_atomic_block:
        yield
        return
    with _deferred(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Let SQLite begin a transaction without the lock on writing, which the program's others take at once."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # the mode is set when it is made
    wrapper: Any = connection
    before, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        wrapper.transaction_mode = before
