"""Hides other people in a person's texts: names of other participants, and numbers that aren't the person's own."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from accounts.models import Organisation
from core.batches import in_chunks
from participants.identity.history import all_that_was_said
from participants.models import Participant, PersonIdentity

ANOTHER = "annan person"
ANOTHER_NUMBER = "[annat personnummer]"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"(?<!\d)(?:18|19|20)?\d{6}[-+ ]?\d{4}(?!\d)")


class Mask:
    """Hides names and numbers of others in texts about a person. At most one query for each 500 words that may be
    names."""

    def __init__(self, person: Participant, organisation: Organisation, texts: Iterable[str], others: Iterable[str]):
        whos = all_that_was_said(person)
        self._own_numbers = {who.number[2:] for who in whos}
        self._own_names = {(who.given_name, who.family_name) for who in whos}
        joined = "\n".join(texts)
        names = {*self._participants(person, organisation, joined), *(name for name in others if " " in name)}
        ordered = sorted(names, key=len, reverse=True)
        either = "|".join(re.escape(name) for name in ordered)
        self._names = re.compile(rf"(?<!\w)(?:{either})(?=s?(?!\w))", re.I) if ordered else None

    def text(self, text: str) -> str:
        """The text with others' full names and numbers hidden. Nicknames and first names alone aren't recognised."""
        hidden = _NUMBER.sub(self._number, text)
        return self._names.sub(ANOTHER, hidden) if self._names else hidden

    def _number(self, found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        return found[0] if digits[-10:] in self._own_numbers else ANOTHER_NUMBER

    def _participants(self, person: Participant, organisation: Organisation, text: str) -> Iterator[str]:
        for given, family in _mentioned(person, organisation, text):
            if (given, family) not in self._own_names:
                for first in {given, given.split()[0]} if given.split() else ():
                    yield from (f"{first} {family}", f"{family}, {first}", f"{family} {first}")


def _mentioned(person: Participant, organisation: Organisation, text: str) -> Iterator[tuple[str, str]]:
    """Given and family name of other participants of the organisation whose family name stands in the text, spelled as
    there."""
    words = _WORD.findall(text)
    pairs = {f"{first} {two}" for first, two in pairwise(words) if two[:1].isupper()}
    # A name in the genitive is looked for without its s too.
    singles = {word for word in words if word[:1].isupper()}
    candidates = sorted(pairs | singles | {word[:-1] for word in singles if word.endswith("s")})
    known = PersonIdentity.objects.filter(participant__organisation=organisation).exclude(participant=person)
    for chunk in in_chunks(candidates):
        yield from known.filter(family_name__in=chunk).values_list("given_name", "family_name")
