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
    """What somebody can be recognised by: by all that was ever registered of the person, as one."""

    each: tuple["Traces", ...]

    @classmethod
    def of(cls, participant: Participant) -> Self:
        """From every version that the organisation has of the person; under the alias there is nothing to find.

        Any given name with any family name that the person has had: a colleague may have known either first.
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
        """Where a text of the person's own file says who it is: also by one name alone."""
        return united(span for traces in self.each for span in traces.exact(text))

    def elsewhere(self, others: Collection[Name]) -> Callable[[str], list[Span]]:
        """Finds it in texts about somebody else, where a name alone, or one that fits others too, tells nobody."""
        finders = [traces.elsewhere(others) for traces in self.each]
        return lambda text: united(span for find in finders for span in find(text))

    def doubtful(self, text: str, alias: str) -> list[Span]:
        """Where something stands that may be the person: inflected, misspelt, initials, the day of birth."""
        return joined((span for traces in self.each for span in traces.doubtful(text, alias)), text, "-")

    def is_sought_by(self, text: str) -> bool:
        """Whether something that was searched for tells of the person."""
        return any(traces.is_sought_by(text) for traces in self.each)


def _nameless(who: Who) -> "Traces":
    return Traces("", "", (who.number,) if who.number else (), who.phone, who.email, who.birth_date)


def _distinct(names: Iterable[str]) -> list[str]:
    """Each name once; none of them is still one."""
    return list(dict.fromkeys(filter(None, names))) or [""]
