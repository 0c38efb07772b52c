"""Talk support: which day, with whom by profession, and how long. Nothing of what was said is ever written here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from core.actions import stamp_day
from core.days.periods import IN_THE_FUTURE
from core.swedish.words import day
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind, TalkHolder
from participants.models import Enrolment, SupportTalk

# A talk of a whole working day is a slip of the pen.
SHORTEST: Final = 5
LONGEST: Final = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRecord:
    """A talk as it is written down: the profession of who held it, its length in minutes, its day."""

    held_by: TalkHolder
    minutes: int
    on: date


def _check(case: Enrolment, record: TalkRecord, kept: SupportTalk | None) -> None:
    """Raises ValidationError for `on` before the enrolment or in the future, and for `minutes` out of bounds."""
    if record.on < case.enrolled_on:
        fault = f"Samtalet kan inte ligga före inskrivningen, {day(case.enrolled_on)}."
        raise ValidationError({"on": fault})
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})
    if not SHORTEST <= record.minutes <= LONGEST:
        raise ValidationError({"minutes": f"Skriv ett tal från {SHORTEST} till {LONGEST}."})


def _columns(record: TalkRecord) -> dict[str, Any]:
    return {"held_by": record.held_by, "minutes": record.minutes, "concerns_on": record.on}


def _check_move(fact: SupportTalk, right: Enrolment) -> None:
    """Raises ValidationError for `right` that was enrolled after its day."""
    if fact.concerns_on < right.enrolled_on:
        fault = f"Den personen skrevs in först {day(right.enrolled_on)}. Rätta dagen först."
        raise ValidationError({"right": fault})


TALKS: Final = CaseFacts(
    model=SupportTalk,
    noun=Noun("stödsamtalet", "återtaget", "rättat"),
    mark=MisplacedKind.TALK,
    name="talk",
    check=_check,
    columns=_columns,
    check_move=_check_move,
)
