"""Sheets for workplaces: written, corrected, taken back, moved to the right person."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from actionplans.models import WorkplaceSheet
from core.actions import stamp_day
from core.days.periods import IN_THE_FUTURE
from core.models import TextBody
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.models import Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRecord:
    """A sheet as it is written down: for which workplace, what it tells, and the day when the participant agreed.
    Words that aren't given are ""."""

    place: str
    times: str
    words: str
    tells_phone: bool
    tells_contact: bool
    on: date


def _check(case: Enrolment, record: SheetRecord, kept: WorkplaceSheet | None) -> None:
    require_born(case, record.on, "on")
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})


def _columns(record: SheetRecord) -> dict[str, Any]:
    write = TextBody.objects.write
    return {
        "place": write(record.place),
        "times": write(record.times) if record.times else None,
        "words": write(record.words) if record.words else None,
        "tells_phone": record.tells_phone,
        "tells_contact": record.tells_contact,
        "concerns_on": record.on,
    }


SHEETS: Final = CaseFacts(
    model=WorkplaceSheet,
    noun=Noun("bladet", "återtaget", "rättat"),
    mark=MisplacedKind.WORKPLACE_SHEET,
    name="workplace_sheet",
    check=_check,
    columns=_columns,
    elsewhere=frozenset({"workplace_sheet_pdf"}),
)
