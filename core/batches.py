"""Many rows at a time: how many values one question may name, and how many rows one write holds."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Model

T = TypeVar("T")
M = TypeVar("M", bound=Model)

# SQLite takes at most 32 766 parameters in a statement: 500 leave room for all that a query asks besides its list.
IN_A_QUESTION = 500
# Without a bound PostgreSQL gets one statement for all rows of a register. Django cuts further where SQLite needs it.
IN_A_WRITE = 1000


def in_chunks(values: Iterable[T], size: int = IN_A_QUESTION) -> Iterator[list[T]]:
    """The values in their order, in lists of at most `size`: for a query by ids that may be many. None for none."""
    source = iter(values)
    while chunk := list(islice(source, size)):
        yield chunk


def bulk(model: type[M], rows: Iterable[M]) -> list[M]:
    """Insert new rows and return them in their order, with their ids. Makes one query for each 1 000 rows.

    Raises IntegrityError where the database refuses one; then none of them is written.
    """
    return model._default_manager.bulk_create(rows, batch_size=IN_A_WRITE)
