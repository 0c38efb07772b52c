"""Spans of a text: finding them in it, replacing them by an alias, and moving other spans along."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

Span = tuple[int, int]


def composed(text: str) -> str:
    """The text with each letter and its accent as one character, as names are stored. Search for spans only in such a
    text."""
    return unicodedata.normalize("NFC", text)


def places_of(words: str, text: str) -> list[Span]:
    """Spans of `text` that hold exactly these words."""
    return [found.span() for found in re.finditer(re.escape(words), text)]


def united(spans: Iterable[Sequence[int]]) -> list[Span]:
    """The spans in order; spans that share a letter become one."""
    found: list[Span] = []
    for start, end in sorted(map(tuple, spans)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def joined(spans: Iterable[Sequence[int]], text: str, between: str) -> list[Span]:
    """The spans in order; spans that share a letter, or have only what the pattern `between` matches between them,
    become one."""
    found: list[Span] = []
    for start, end in united(spans):
        if found and re.fullmatch(between, text[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True)
class Redaction:
    """A text in which some spans are replaced by an alias."""

    old: str
    places: list[Span]
    alias: str

    @classmethod
    def of(cls, text: str, spans: Iterable[Sequence[int]], alias: str) -> Self:
        """The text with `alias` for each span. Names beside each other, or beside the alias, become one alias."""
        wanted = list(spans)
        places = joined([*wanted, *places_of(alias, text)], text, r",?[^\S\r\n]+") if wanted else []
        return cls(text, places, alias)

    @property
    def text(self) -> str:
        """The text with the alias in it."""
        ends, starts = [0, *(end for _, end in self.places)], [*(start for start, _ in self.places), len(self.old)]
        return self.alias.join(self.old[end:start] for end, start in zip(ends, starts, strict=True))

    def moved(self, spans: Iterable[Sequence[int]]) -> list[Span]:
        """Spans of the old text as spans of the new one, without the letters that the alias has replaced."""
        both = ((self._after(start, is_end=False), self._after(end, is_end=True)) for start, end in spans)
        return united((start, end) for start, end in both if start < end)

    def _after(self, position: int, *, is_end: bool) -> int:
        letter, shift = position - is_end, 0
        for start, end in self.places:
            if letter < start:
                break
            if letter < end:
                return start + shift + (0 if is_end else len(self.alias))
            shift += len(self.alias) - (end - start)
        return position + shift
