"""Views of the ability to work: noted, corrected, taken back, moved to the right person."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from core.actions import stamp_day
from core.days.periods import IN_THE_FUTURE
from core.models import TextBody
from participants.abilities.parties import ANSWERS, AbilityAnswer, AbilityParty
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.models import AbilityStatement, Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityRecord:
    """A view as it is written down: whose it is, what it is and from which day, and the party's own words ("" where
    nobody has written any)."""

    party: AbilityParty
    answer: AbilityAnswer
    on: date
    words: str = ""


def _check(case: Enrolment, record: AbilityRecord, kept: AbilityStatement | None) -> None:
    """Raises ValidationError for `on` before birth or in the future, and for `view` with an answer that isn't the
    party's."""
    if record.answer not in ANSWERS[record.party]:
        raise ValidationError({"view": f"Så svarar inte {record.party.label}. Välj igen."})
    require_born(case, record.on, "on")
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})


def _columns(record: AbilityRecord) -> dict[str, Any]:
    return {
        "party": record.party,
        "answer": record.answer,
        "category": record.party.category,
        "concerns_on": record.on,
        "words": TextBody.objects.write(record.words) if record.words else None,
    }


# An earlier view of a party stays in the history when a new one is written, and holds again where that is taken back.
ABILITIES: Final = CaseFacts(
    model=AbilityStatement,
    noun=Noun("bedömningen av arbetsförmågan", "återtagen", "rättad"),
    mark=MisplacedKind.ABILITY,
    name="ability",
    check=_check,
    columns=_columns,
    elsewhere=frozenset({"ability_list"}),
)
