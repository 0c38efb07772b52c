"""Lists by the page: counted as far as anybody turns them, or not at all where the count would cost more than the
page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet

# Lists are counted exactly to this many, and have no pages beyond: who looks for somebody then searches.
MOST: Final = 10_000


class CountedPaginator(Paginator):
    """Pages of the first rows of a list, as many as are counted."""

    @cached_property
    def found(self) -> int:
        """The number of rows; one more than are counted where there are more. At most one query."""
        rows = self.object_list
        return rows.order_by()[: MOST + 1].count() if isinstance(rows, QuerySet) else len(rows)

    @cached_property
    def count(self) -> int:
        """The number of rows that there are pages of."""
        return min(self.found, MOST)

    @property
    def is_whole(self) -> bool:
        """Whether there are pages of all rows."""
        return self.found <= MOST


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
