"""The statistics' Swedish names, for docs/statistics.md. Standard library only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Definition:
    """A statistic as docs/statistics.md tells it: its place, Swedish name and a sentence beside the docstring."""

    anchor: str
    title: str
    swedish: str
    function: Callable[..., object]


DEFINITIONS: list[Definition] = []


def defined(anchor: str, title: str, swedish: str) -> Callable[[F], F]:
    """Put the function among the definitions."""

    def note(function: F) -> F:
        DEFINITIONS.append(Definition(anchor, title, swedish, function))
        return function

    return note
