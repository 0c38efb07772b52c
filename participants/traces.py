"""The traces that a person's name, numbers and contact leave in free texts: the exact ones, and those to ask about."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Self

from core.swedish import fold, search_key, search_term
from participants.models import Participant

Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+")
_LIKE = 0.8
_SHORTEST_PART, _SHORTEST_DIGITS = 3, 5


def composed(text: str) -> str:
    """The text with its letters in one piece each, as names are kept."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True)
class Traces:
    """What somebody can be recognised by, as it was registered."""

    given_name: str
    family_name: str
    numbers: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    birth_date: date | None = None

    @classmethod
    def of(cls, participant: Participant) -> Self:
        """As the organisation has it now; whoever stands under the alias already leaves nothing."""
        one = participant.identity
        family_name = "" if one.family_name == participant.alias else one.family_name
        numbers = tuple(participant.numbers.values_list("value", flat=True))
        return cls(one.given_name, family_name, numbers, one.phone, one.email, participant.birth_date)

    # --- Exact ------------------------------------------------------------------------------------------------------

    def replaced(self, text: str, alias: str) -> str:
        """The text of the person's own file with the alias for each exact occurrence."""
        return self._with_alias([*self._unmistakable, self._full_name, *self._names], text, alias)

    def replaced_elsewhere(self, text: str, alias: str, *, is_only_one: bool) -> str:
        """The same for a text about somebody else, where a first name alone may well mean another person."""
        patterns = [*self._unmistakable, *([self._full_name] if is_only_one else [])]
        return self._with_alias(patterns, text, alias)

    @staticmethod
    def _with_alias(patterns: Iterable[re.Pattern | None], text: str, alias: str) -> str:
        found = composed(text)
        for pattern in filter(None, patterns):
            found = pattern.sub(alias, found)
        return re.sub(rf"{re.escape(alias)}(?:,?\s+{re.escape(alias)})+", alias, found)

    @cached_property
    def _unmistakable(self) -> list[re.Pattern | None]:
        """Mail, numbers and phone, however they are spaced."""
        numbers = [_whole(_spaced(number, optional=2)) for number in self.numbers]
        return [_whole(re.escape(self.email)) if self.email else None, *numbers, self._phone]

    @cached_property
    def _phone(self) -> re.Pattern | None:
        digits = re.sub(r"\D", "", self.phone)
        local = re.sub(r"^(?:0046|46(?=\d{7})|0)", "", digits)
        if len(local) < _SHORTEST_DIGITS:
            return None
        return _whole(rf"(?:(?:\+|00)46[-\s]*(?:\(0\)[-\s]*)?|0)?{_spaced(local)}")

    @cached_property
    def _full_name(self) -> re.Pattern | None:
        given, family = (r"[-\s]+".join(map(re.escape, one.split())) for one in (self.given_name, self.family_name))
        return _whole(rf"{family},?\s+{given}|{given}\s+{family}") if given and family else None

    @cached_property
    def _names(self) -> list[re.Pattern]:
        """Each name and each part of it, as a name is written: «hans» is no «Hans»."""
        spellings = dict.fromkeys([self.given_name, self.family_name, *self._parts])
        return [
            re.compile(rf"(?<!\w)(?:{re.escape(one)}|{re.escape(one.upper())})(?!\w)")
            for one in sorted(filter(None, spellings), key=len, reverse=True)
        ]

    @cached_property
    def _parts(self) -> list[str]:
        words = re.split(r"[-\s]+", f"{self.given_name} {self.family_name}")
        return [word for word in words if len(word) >= _SHORTEST_PART and word[0].isupper()]

    # --- To ask about -----------------------------------------------------------------------------------------------

    def doubtful(self, text: str, alias: str) -> list[Span]:
        """Where something stands that may be the person: inflected, misspelt, initials, the day of birth."""
        spans = [(word.start(), word.end()) for word in _WORD.finditer(text) if self._is_like(word.group())]
        spans += [found.span() for pattern in self._hints for found in pattern.finditer(text)]
        taken = [found.span() for found in re.finditer(re.escape(alias), text)]
        free = (span for span in spans if not any(start <= span[0] < end for start, end in taken))
        return _joined(_apart(free), text)

    def _is_like(self, word: str) -> bool:
        return any(_resembles(word, fold(name)) for name in self._name_words)

    @cached_property
    def _name_words(self) -> list[str]:
        return [word for name in (self.given_name, self.family_name) for word in _WORD.findall(name) if len(word) > 1]

    @cached_property
    def _hints(self) -> list[re.Pattern]:
        hints = []
        if self.given_name and self.family_name:
            first, last = (re.escape(name[0].upper()) for name in (self.given_name, self.family_name))
            hints.append(re.compile(rf"(?<!\w){first}\.?\s?{last}(?!\w)\.?"))
        if self.birth_date:
            digits = self.birth_date.strftime("%Y%m%d")
            day = rf"(?:{digits[:2]})?{digits[2:4]}[-/ ]?{digits[4:6]}[-/ ]?{digits[6:]}"
            hints.append(re.compile(rf"(?<!\d){day}(?!\d)"))
        return hints

    # --- Searches ---------------------------------------------------------------------------------------------------

    def is_sought_by(self, text: str) -> bool:
        """Whether something that was searched for tells of the person."""
        digits = re.sub(r"\D", "", text)
        known = [*self.numbers, re.sub(r"\D", "", self.phone)]
        if len(digits) >= 4 and any(digits in one or (one and one in digits) for one in known):
            return True
        key = search_key(self.given_name, self.family_name, self.email)
        words = [word for word in re.split(r"[,\s]+", search_term(text)) if len(word) > 1]
        return any(word in key or fold(word) in key for word in words) or any(map(self._is_like, words))


def _resembles(word: str, name: str) -> bool:
    """Begins as the name does, or is nearly it. A word without a capital is none if it is much longer."""
    folded, is_name = fold(word), word[0].isupper()
    stem = name.rstrip("aeiouy") if len(name) > 4 else name
    if folded.startswith(stem if len(stem) > 2 else name):
        return is_name or len(folded) <= len(name) + 2
    is_near = len(name) > 3 and abs(len(folded) - len(name)) <= 2
    return is_name and is_near and SequenceMatcher(None, folded, name).ratio() >= _LIKE


def _spaced(digits: str, *, optional: int = 0) -> str:
    """The digits with anything that people put between them; the first ones may be left out."""
    between = r"[-+\s./]*"
    head, rest = digits[:optional], between.join(digits[optional:])
    return rf"(?:{between.join(head)}{between})?{rest}" if head else rest


def _whole(pattern: str) -> re.Pattern:
    return re.compile(rf"(?<![\w+])(?:{pattern})(?!\w)", re.IGNORECASE)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """In order, without those that lie in another."""
    return list(_walk(sorted(set(spans), key=lambda span: (span[0], -span[1]))))


def _joined(spans: Iterable[Span], text: str) -> list[Span]:
    """Two with nothing but a hyphen between them are one."""
    found: list[Span] = []
    for start, end in spans:
        if found and text[found[-1][1] : start] == "-":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _walk(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in spans:
        if span[0] >= end:
            end = span[1]
            yield span
