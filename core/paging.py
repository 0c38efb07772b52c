"""Turning the leaves of a list without counting it: where the count would cost more than the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some rows of a list. `before` and `after`: the numbers of the leaves on either side, None where there is none."""

    rows: Sequence[Any]
    first: int
    before: int | None
    after: int | None

    @property
    def last(self) -> int:
        """The place in the list of the last row."""
        return self.first + len(self.rows) - 1


def leaf_of(rows: QuerySet, asked: str | None, size: int) -> Leaf:
    """The leaf that was asked for; the first where that can't be understood, or nothing is left there. One query."""
    number = int(asked) if asked and re.fullmatch(r"[1-9][0-9]{0,5}", asked) else 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if start and not found:
        return leaf_of(rows, None, size)
    more = len(found) > size
    return Leaf(found[:size], start + 1, number - 1 if start else None, number + 1 if more else None)
