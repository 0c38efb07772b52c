"""A view of somebody's ability to work in words: on the timeline, on its pages and in forms."""

from participants.abilities.parties import AbilityAnswer, AbilityParty


def view_in_words(party: str, answer: str) -> str:
    """«Arbetsförmedlingen: anställningsbar»."""
    return f"{AbilityParty(party).label}: {AbilityAnswer(answer).in_sentence}"


def whose_view(party: str) -> str:
    """«Vårdens bedömning av arbetsförmågan»."""
    return f"{AbilityParty(party).label}s bedömning av arbetsförmågan"


def whose_view_in_sentence(party: str) -> str:
    """«vårdens bedömning av arbetsförmågan»."""
    return f"{AbilityParty(party).in_sentence}s bedömning av arbetsförmågan"
