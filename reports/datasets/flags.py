"""Conditions on a row as the bits of one whole number, so that rows that are alike are counted by a single column.

Why not a column for each condition: SQLite sorts by all columns that it groups by. Measured with 100 000 enrolments,
the tallies of deadlines took 0.31 s by one number and 0.34 s by four columns on SQLite 3.40. PostgreSQL 15 hashes
instead and gains nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, Q, When


def pack(conditions: Mapping[str, Q]) -> Any:
    """An expression: a whole number whose bit n, from the lowest, says whether the n-th condition holds of a row.

    What the database doesn't know (NULL) doesn't hold.
    """
    bits: Iterator[Any] = (
        Case(When(condition, then=1 << place), default=0) for place, condition in enumerate(conditions.values())
    )
    return reduce(add, bits)


def unpack(code: int, names: Sequence[str]) -> dict[str, bool]:
    """Read a number that `pack` made: a truth value by the name of each condition, in their order. Bits above the last
    condition are left out."""
    return {name: bool(code & 1 << place) for place, name in enumerate(names)}
