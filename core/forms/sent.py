"""Answers as a browser sends them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict


def with_answers(data: Mapping[str, Any], answers: Mapping[str, str]) -> QueryDict:
    """A copy of what was sent, in which `answers` replace those under their names. `data` isn't changed."""
    again = QueryDict(mutable=True)
    again.update(data)
    for name, answer in answers.items():
        again[name] = answer
    return again


def as_sent(value: Any) -> Iterator[str]:
    """A stored answer as a browser would send it."""
    if isinstance(value, list | tuple | set):
        yield from map(str, value)
    elif value is True:
        yield "on"
    elif value not in (None, False):
        yield value.isoformat() if isinstance(value, date) else str(value)
