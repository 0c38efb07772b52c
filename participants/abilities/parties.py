"""Whose view of somebody's ability to work there can be, and the words in which each party gives its own."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import Q, TextChoices

from core.enums import Category


class AbilityParty(TextChoices):
    """The participant, and the agencies that judge whether somebody can work. Folk high schools and others don't."""

    PARTICIPANT = "participant", "Deltagaren"
    EMPLOYMENT_SERVICE = "employment_service", "Arbetsförmedlingen"
    SOCIAL_SERVICES = "social_services", "Socialtjänsten"
    LABOUR_MARKET_UNIT = "labour_market_unit", "Arbetsmarknadsenheten"
    SOCIAL_INSURANCE = "social_insurance", "Försäkringskassan"
    HEALTH_CARE = "health_care", "Vården"

    @property
    def category(self) -> Category:
        """The kind of information that a consent must open. Care and sick-leave insurance judge by illness, so their
        view is about health; the others' and the participant's own is about work, as employments are."""
        return Category.HEALTH if self in _BY_ILLNESS else Category.SUPPORT

    @property
    def in_sentence(self) -> str:
        """«vården», «Arbetsförmedlingen»: within a sentence."""
        return self.label if self in _BY_NAME else f"{self.label[:1].lower()}{self.label[1:]}"

    @property
    def is_asked_for_share(self) -> bool:
        """Whether it says how much of the ability is there."""
        return self in _BY_ILLNESS


class AbilityAnswer(TextChoices):
    """The words in which the parties give their views."""

    FULL_TIME = "full_time", "Kan arbeta heltid"
    PART_TIME = "part_time", "Kan arbeta deltid"
    NOT_YET = "not_yet", "Kan inte arbeta än"
    UNSURE = "unsure", "Vet inte"
    EMPLOYABLE = "employable", "Anställningsbar"
    NOT_EMPLOYABLE_YET = "not_employable_yet", "Inte anställningsbar än"
    FIT = "fit", "Arbetsför"
    PARTLY_FIT = "partly_fit", "Delvis arbetsför"
    NOT_FIT = "not_fit", "Inte arbetsför"
    WHOLE = "whole", "Hel arbetsförmåga"
    THREE_QUARTERS = "three_quarters", "Tre fjärdedels arbetsförmåga"
    HALF = "half", "Halv arbetsförmåga"
    QUARTER = "quarter", "En fjärdedels arbetsförmåga"
    NONE = "none", "Ingen arbetsförmåga"

    @property
    def beside_its_question(self) -> str:
        """«Halv», where «arbetsförmåga» stands before it; else the label."""
        return _OF_ABILITY.get(self, self.label)

    @property
    def in_sentence(self) -> str:
        """«anställningsbar», within a sentence."""
        return f"{self.label[:1].lower()}{self.label[1:]}"


_BY_ILLNESS: Final = frozenset({AbilityParty.SOCIAL_INSURANCE, AbilityParty.HEALTH_CARE})
# Authorities of the state, which have names.
_BY_NAME: Final = frozenset({AbilityParty.EMPLOYMENT_SERVICE, AbilityParty.SOCIAL_INSURANCE})
_OF_ABILITY: Final[Mapping[AbilityAnswer, str]] = {
    AbilityAnswer.WHOLE: "Hel",
    AbilityAnswer.THREE_QUARTERS: "Tre fjärdedelar",
    AbilityAnswer.HALF: "Halv",
    AbilityAnswer.QUARTER: "En fjärdedel",
    AbilityAnswer.NONE: "Ingen",
}
_MUNICIPAL: Final = (AbilityAnswer.FIT, AbilityAnswer.PARTLY_FIT, AbilityAnswer.NOT_FIT)
_SHARES: Final = (
    *(AbilityAnswer.WHOLE, AbilityAnswer.THREE_QUARTERS, AbilityAnswer.HALF),
    *(AbilityAnswer.QUARTER, AbilityAnswer.NONE),
)

# The answers that each party gives, in the order of the pages.
ANSWERS: Final[Mapping[AbilityParty, Sequence[AbilityAnswer]]] = {
    AbilityParty.PARTICIPANT: (
        *(AbilityAnswer.FULL_TIME, AbilityAnswer.PART_TIME),
        *(AbilityAnswer.NOT_YET, AbilityAnswer.UNSURE),
    ),
    AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, AbilityAnswer.NOT_EMPLOYABLE_YET),
    AbilityParty.SOCIAL_SERVICES: _MUNICIPAL,
    AbilityParty.LABOUR_MARKET_UNIT: _MUNICIPAL,
    AbilityParty.SOCIAL_INSURANCE: _SHARES,
    AbilityParty.HEALTH_CARE: _SHARES,
}

# The kinds of information that views can be of.
CATEGORIES: Final = frozenset(party.category for party in AbilityParty)


def told_by_party() -> Q:
    """Condition on a row with `party` and `answer`: the party gives such an answer."""
    condition = Q()
    for party, answers in ANSWERS.items():
        condition |= Q(party=party, answer__in=list(answers))
    return condition


def by_illness() -> Q:
    """Condition on a row with `party` and `category`: it is of the party's kind of information."""
    condition = Q()
    for category in sorted(CATEGORIES):
        parties = [party for party in AbilityParty if party.category == category]
        condition |= Q(party__in=parties, category=category)
    return condition
