"""The traces that a person's name, numbers and contact leave in free texts: exact ones, and doubtful ones to ask
about."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Self

from core.swedish.keys import fold, search_key, search_term
from core.swedish.words import SHORT_MONTHS
from core.swedish.written import alike, pattern_of
from participants.protection.spans import Span, composed, joined, places_of, united

_WORD = re.compile(r"[^\W\d_]+")
_LIKE = 0.8
_SHORTEST_PART, _SHORTEST_DIGITS, _LONGEST_PHONE = 3, 5, 15
# Signs that people put between the digits of a number, and between the parts of a name.
_BETWEEN, _GAP = r"[-\u2010-\u2015\u2212+\s./]*", r"[-\u2010-\u2015\s]+"


@dataclass(frozen=True)
class Name:
    """A name as words without accents, for telling whether it may be somebody else's too."""

    given: frozenset[str]
    family: frozenset[str]

    @classmethod
    def of(cls, given: str, family: str) -> Self:
        """The name of a person with a given and a family name. For a user, who has one column for the whole name, it is
        given twice."""
        return cls(*(frozenset(map(fold, _WORD.findall(composed(name)))) for name in (given, family)))

    def fits(self, other: "Name") -> bool:
        """Whether this name can mean the bearer of the other one, who may have more names than are said here."""
        return self.given <= other.given and self.family <= other.family


@dataclass(frozen=True)
class Traces:
    """Words by which somebody can be recognised, from one registered version of the person."""

    given_name: str
    family_name: str
    numbers: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    birth_date: date | None = None

    # --- Exact ------------------------------------------------------------------------------------------------------

    def exact(self, text: str) -> list[Span]:
        """Spans of a text in the person's own file that tell who the person is; there one name alone is enough."""
        return _found([*self._unmistakable, *map(_full_name, self._spellings), *self._names], text)

    def elsewhere(self, others: Collection[Name]) -> Callable[[str], list[Span]]:
        """A function that finds the person in texts about somebody else. A name alone, or one that also fits somebody
        in `others`, isn't found: there it needn't be this person."""
        told = [spelling for spelling in self._spellings if not any(Name.of(*spelling).fits(other) for other in others)]
        patterns = [*self._unmistakable, *map(_full_name, told)]
        return lambda text: _found(patterns, text) if self._may_stand_in(text) else []

    def _may_stand_in(self, text: str) -> bool:
        """Whether the text may hold a trace at all. Ten times as fast as searching, and never false for a text that
        holds one."""
        if any(number in re.sub(r"\D+", "", text) for number in self._runs_of_digits):
            return True
        letters = alike(text)
        return any(run in letters for run in self._runs_of_letters)

    @cached_property
    def _runs_of_digits(self) -> list[str]:
        return [*(number[2:] for number in self.numbers), *self._phones]

    @cached_property
    def _runs_of_letters(self) -> list[str]:
        longest = max(_WORD.findall(self.family_name), key=len, default="")
        return [alike(text) for text in (self.email, longest) if text]

    @cached_property
    def _unmistakable(self) -> list[re.Pattern]:
        """Patterns for mail address, numbers and phones, with any spacing. A match of one of these is certain."""
        numbers = [_whole(_spaced(number, optional=2)) for number in self.numbers]
        return [*([_whole(re.escape(self.email))] if self.email else []), *numbers, *map(_phone, self._phones)]

    @cached_property
    def _phones(self) -> list[str]:
        """The digits of each phone number, without country code and trunk zero."""
        is_one = len(re.sub(r"\D", "", self.phone)) <= _LONGEST_PHONE
        said = [self.phone] if is_one else re.split(r"[,;/]|[^\W\d_]+", self.phone)
        digits = [re.sub(r"^(?:0046|46(?=\d{7})|0)", "", re.sub(r"\D", "", number)) for number in said]
        return [run for run in digits if len(run) >= _SHORTEST_DIGITS]

    @cached_property
    def _spellings(self) -> list[tuple[str, str]]:
        """Spellings of the whole name: all given names together and each alone, with the family name."""
        first = dict.fromkeys([self.given_name, *self.given_name.split()])
        return [(given, self.family_name) for given in first if len(given) > 1 and self.family_name]

    @cached_property
    def _names(self) -> list[re.Pattern]:
        """Patterns for each name and each part of it, with a capital first: «hans» isn't found for Hans."""
        spellings = dict.fromkeys([self.given_name, self.family_name, *self._parts])
        return [
            re.compile(rf"(?<!\w)(?:{_spelt(spelling)}|{_spelt(spelling.upper())})(?!\w)")
            for spelling in filter(None, spellings)
        ]

    @cached_property
    def _parts(self) -> list[str]:
        words = re.split(_GAP, f"{self.given_name} {self.family_name}")
        return [word for word in words if len(word) >= _SHORTEST_PART and word[0].isupper()]

    # --- To ask about -----------------------------------------------------------------------------------------------

    def doubtful(self, text: str, alias: str) -> list[Span]:
        """Spans that may be the person: inflected or misspelt names, initials, the day of birth."""
        spans = [(word.start(), word.end()) for word in _WORD.finditer(text) if self._is_like(word.group())]
        spans += [found.span() for pattern in self._hints for found in pattern.finditer(text)]
        taken = places_of(alias, text)
        free = (span for span in spans if not any(start <= span[0] < end for start, end in taken))
        return joined(free, text, "-")

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
        return [*hints, *_days(self.birth_date)] if self.birth_date else hints

    # --- Searches ---------------------------------------------------------------------------------------------------

    def is_sought_by(self, text: str) -> bool:
        """Whether a text that somebody has searched for tells of the person."""
        digits = re.sub(r"\D", "", text)
        known = [*self.numbers, re.sub(r"\D", "", self.phone), *self._phones]
        if len(digits) >= 4 and any(digits in number or (number and number in digits) for number in known):
            return True
        key = search_key(self.given_name, self.family_name, self.email)
        words = [word for word in re.split(r"[,\s]+", search_term(text)) if len(word) > 1]
        return any(word in key or fold(word) in key for word in words) or any(map(self._is_like, words))


def _resembles(word: str, name: str) -> bool:
    """Whether a word begins as the name does, or is nearly the name. A much longer word without a capital is
    neither."""
    folded, is_name = fold(word), word[0].isupper()
    stem = name.rstrip("aeiouy") if len(name) > 4 else name
    if folded.startswith(stem if len(stem) > 2 else name):
        return is_name or len(folded) <= len(name) + 2
    is_near = len(name) > 3 and abs(len(folded) - len(name)) <= 2
    return is_name and is_near and SequenceMatcher(None, folded, name).ratio() >= _LIKE


def _days(day: date) -> list[re.Pattern]:
    """Patterns for a day as people write it: 1962-05-18, 620518, 18/5 -62, 18.5.1962, 18 maj 1962."""
    year, month = rf"(?:{day.year // 100})?{day.year % 100:02}", SHORT_MONTHS[day.month - 1][:3]
    apart = r"[-\u2010-\u2015\s./]?"
    first_year = rf"{year}{apart}{day.month:02}{apart}{day.day:02}"
    first_day = rf"0?{day.day}(?::?e)?[\s./-]*(?:0?{day.month}|{month}[^\W\d_]*)[\s./,'’-]+{year}"
    return [re.compile(rf"(?<!\d)(?:{year})(?!\d)", re.IGNORECASE) for year in (first_year, first_day)]


def _spaced(digits: str, *, optional: int = 0) -> str:
    """Pattern for digits with the signs that people put between them; the first `optional` ones may be left out."""
    head, rest = digits[:optional], _BETWEEN.join(digits[optional:])
    return rf"(?:{_BETWEEN.join(head)}{_BETWEEN})?{rest}" if head else rest


def _phone(digits: str) -> re.Pattern:
    return _whole(rf"(?:(?:\+|00)46[-\s]*(?:\(0\)[-\s]*)?|0)?{_spaced(digits)}")


def _full_name(spelling: tuple[str, str]) -> re.Pattern:
    """Pattern for given and family name in either order; a final s (Swedish genitive) may follow."""
    given, family = map(_spelt, spelling)
    return re.compile(rf"(?<![\w+])(?:{family},?\s+{given}|{given}\s+{family})(?=s?(?!\w))", re.IGNORECASE)


def _found(patterns: Iterable[re.Pattern], text: str) -> list[Span]:
    return united(found.span() for pattern in patterns for found in pattern.finditer(text))


def _spelt(name: str) -> str:
    """Pattern for a name with any blank or hyphen between its parts, in every way that people spell it."""
    return _GAP.join(pattern_of(part) for part in re.split(_GAP, name) if part)


def _whole(pattern: str) -> re.Pattern:
    return re.compile(rf"(?<![\w+])(?:{pattern})(?!\w)", re.IGNORECASE)
