"""Tells whether two names that stand with one personal number can be one person's."""

import re
from enum import Enum, auto
from typing import Protocol

from core.swedish.keys import fold


class Named(Protocol):
    """Anything with a family and a given name."""

    @property
    def family_name(self) -> str:
        """The family name as written. May be blank, or hold the whole name."""

    @property
    def given_name(self) -> str:
        """The given name as written. May be blank."""


class Likeness(Enum):
    """How like two names are."""

    SAME = auto()
    RENAMED = auto()
    OTHER = auto()


def compare(first: Named, second: Named) -> Likeness:
    """SAME where neither name contradicts the other, RENAMED where only the family names differ, else OTHER."""
    names = _words(f"{first.family_name} {first.given_name}"), _words(f"{second.family_name} {second.given_name}")
    if names[0] <= names[1] or names[1] <= names[0]:
        return Likeness.SAME
    given = _words(first.given_name) or names[0], _words(second.given_name) or names[1]
    return Likeness.RENAMED if given[0] & given[1] else Likeness.OTHER


def _words(name: str) -> frozenset[str]:
    """The words of a name, by the table of letters that searching uses. A hyphen parts two words, and an apostrophe
    none."""
    return frozenset(re.findall(r"[^\W\d_]+", fold(name).replace("'", "")))
