"""Persons who look like another: those that a page proposes as registered twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from typing import Final, Self

from core.swedish.keys import fold, spellings
from participants.models import Participant, PersonalNumber, SamePersonAnswer
from participants.scope.scope import Scope
from participants.twins.pairs import Pair, in_reach

# A page shows the most alike; more than these nobody goes through.
_SHOWN: Final = 30
# So many digits may be mistyped.
_MISTYPED: Final = 2


@dataclass(frozen=True, slots=True)
class Looks:
    """By what a person is compared: the words of the name, each in every spelling, the birth date and the numbers."""

    words: tuple[frozenset[str], ...]
    born: date | None
    numbers: frozenset[str]

    @classmethod
    def of(cls, person: Participant, numbers: frozenset[str] = frozenset()) -> Self:
        """The looks of a person whose identity is read."""
        named = cls.named(f"{person.identity.given_name} {person.identity.family_name}")
        return cls(named.words, person.birth_date, numbers)

    @classmethod
    def named(cls, name: str) -> Self:
        """The looks of somebody of whom no more is known than the name."""
        words = name.replace("-", " ").split()
        return cls(tuple(frozenset([*spellings(word), fold(word)]) for word in words), None, frozenset())

    def has_name_of(self, other: "Looks") -> bool:
        """Whether all words of the shorter name stand in the longer one."""
        short, long = sorted((self.words, other.words), key=len)
        return bool(short) and all(any(word & found for found in long) for word in short)

    def shares_a_name(self, other: "Looks") -> bool:
        """Whether some word stands in both names."""
        return any(mine & theirs for mine in self.words for theirs in other.words)

    def born_as(self, other: "Looks") -> bool:
        """Whether both have the same birth date."""
        return self.born is not None and self.born == other.born

    def born_nearly_as(self, other: "Looks") -> bool:
        """Whether one has no birth date, or the other's with some digit mistyped."""
        if self.born is None or other.born is None:
            return True
        return _are_near(f"{self.born:%Y%m%d}", f"{other.born:%Y%m%d}")

    def numbered_nearly_as(self, other: "Looks") -> bool:
        """Whether some numbers of theirs differ by a mistyped digit or two."""
        return any(_are_near(mine, theirs) for mine in self.numbers for theirs in other.numbers)


def _are_near(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) <= _MISTYPED


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody who may be the same person, and in which way, as a page says it."""

    person: Participant
    words: str
    rank: int


def like(person: Participant, scope: Scope) -> list[Lookalike]:
    """The persons whom the user may join with this one, the most alike first. Two queries."""
    numbers = _numbers(scope)
    looks = Looks.of(person, numbers.get(person.pk, frozenset()))
    others = in_reach(scope).exclude(pk=person.pk).order_by("identity__sort_key", "pk")
    found = [lookalike for other in others if (lookalike := _likeness(looks, other, numbers))]
    return sorted(found, key=lambda lookalike: lookalike.rank)[:_SHOWN]


def _likeness(looks: Looks, other: Participant, numbers: dict[int, frozenset[str]]) -> Lookalike | None:
    theirs = Looks.of(other, numbers.get(other.pk, frozenset()))
    ways = [
        (looks.has_name_of(theirs) and looks.born_as(theirs), "Samma namn och födelsedag"),
        (looks.numbered_nearly_as(theirs), "Nästan samma personnummer"),
        (looks.shares_a_name(theirs) and looks.born_as(theirs), "Ett namn gemensamt, samma födelsedag"),
        (looks.has_name_of(theirs), "Samma namn"),
        (looks.shares_a_name(theirs) and looks.born_nearly_as(theirs), "Ett namn gemensamt"),
        (looks.born_as(theirs), "Samma födelsedag"),
    ]
    return next((Lookalike(other, words, rank) for rank, (holds, words) in enumerate(ways) if holds), None)


def _numbers(scope: Scope) -> dict[int, frozenset[str]]:
    rows = PersonalNumber.objects.filter(participant__in=in_reach(scope).values("pk")).order_by("participant_id")
    pairs = rows.values_list("participant_id", "value")
    return {key: frozenset(value for _, value in same) for key, same in groupby(pairs, key=lambda pair: pair[0])}


def pairs_alike(scope: Scope) -> list[Pair]:
    """Pairs with the same name and birth date whom the user may join, but for those of whom it has been answered that
    they are two. Two queries."""
    apart = set(SamePersonAnswer.objects.filter(is_same=False).values_list("participant__public_id", "newcomer"))
    return [pair for pair in _pairs(scope) if not apart & _both_ways(pair)]


def _pairs(scope: Scope) -> Iterator[Pair]:
    people = in_reach(scope).exclude(birth_date=None).order_by("birth_date", "pk")
    for _, same in groupby(people, key=lambda person: person.birth_date):
        looks = [(person, Looks.of(person)) for person in same]
        for (first, ones), (second, others) in combinations(looks, 2):
            if ones.has_name_of(others):
                yield Pair(first, second)


def _both_ways(pair: Pair) -> set[tuple[object, object]]:
    first, second = pair.first.public_id, pair.second.public_id
    return {(first, second), (second, first)}
