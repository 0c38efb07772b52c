"""All by which a text may tell of one person: every name, number and contact that there has been."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Self

from participants.identity.history import all_that_was_said
from participants.models import Participant
from participants.models.identity import Who
from participants.protection.spans import Span, composed, joined, united
from participants.protection.traces import Name, Traces


@dataclass(frozen=True)
class AllTraces:
    """Words by which somebody can be recognised: every name, number and contact ever registered of the person."""

    each: tuple["Traces", ...]

    @classmethod
    def of(cls, participant: Participant) -> Self:
        """Collects the traces from every version of the person that the organisation has. A person who has been an
        alias from the start has none.

        Combines any given name with any family name that the person has had: a colleague may have known either first.
        """
        whos = all_that_was_said(participant)
        given = _distinct(composed(who.given_name) for who in whos)
        family = _distinct(composed(who.family_name) for who in whos)
        named = [Traces(*name) for name in product(given, family)]
        return cls(tuple(dict.fromkeys([*named, *map(_nameless, whos)])))

    @property
    def numbers(self) -> set[str]:
        """Every number that the person has had, as twelve digits."""
        return {number for traces in self.each for number in traces.numbers}

    def exact(self, text: str) -> list[Span]:
        """Spans of a text in the person's own file that tell who the person is; there one name alone is enough."""
        return united(span for traces in self.each for span in traces.exact(text))

    def elsewhere(self, others: Collection[Name]) -> Callable[[str], list[Span]]:
        """A function that finds the person in texts about somebody else. A name alone, or one that also fits somebody
        in `others`, isn't found: there it needn't be this person."""
        finders = [traces.elsewhere(others) for traces in self.each]
        return lambda text: united(span for find in finders for span in find(text))

    def doubtful(self, text: str, alias: str) -> list[Span]:
        """Spans that may be the person: inflected or misspelt names, initials, the day of birth."""
        return joined((span for traces in self.each for span in traces.doubtful(text, alias)), text, "-")

    def is_sought_by(self, text: str) -> bool:
        """Whether a text that somebody has searched for tells of the person."""
        return any(traces.is_sought_by(text) for traces in self.each)


def _nameless(who: Who) -> "Traces":
    return Traces("", "", (who.number,) if who.number else (), who.phone, who.email, who.birth_date)


def _distinct(names: Iterable[str]) -> list[str]:
    """Each name once, in the order given; a list with one empty name where there are none."""
    return list(dict.fromkeys(filter(None, names))) or [""]
