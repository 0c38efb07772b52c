"""Facts that the forms about the ability to work show and replace, to notice two who save at once."""

from typing import Any, Final

from participants.abilities.actions import ABILITIES
from participants.abilities.forms import view_key
from participants.amending.shared_facts import facts_of
from participants.models import AbilityStatement


def _answers(fact: AbilityStatement) -> dict[str, Any]:
    """A view as its form asks for it."""
    words = fact.words.text if fact.words else ""
    return {"view": view_key(fact.party, fact.answer), "on": fact.concerns_on, "words": words}


ability_facts: Final = facts_of(ABILITIES, _answers)
