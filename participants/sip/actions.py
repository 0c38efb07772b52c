"""SIPs that exist elsewhere: from which day, who holds them, and whom to ask. The plan itself is never copied."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from core.actions import stamp_day
from core.days.periods import IN_THE_FUTURE
from core.models import TextBody
from participants.amending.born import require_born
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind, PlanHolder
from participants.models import CoordinatedPlan, Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class SipRecord:
    """A SIP as it is pointed at: who holds it, whom to ask ("" where nobody is named), and the day it is from."""

    holder: PlanHolder
    contact: str
    on: date


def _check(case: Enrolment, record: SipRecord, kept: CoordinatedPlan | None) -> None:
    """Raises ValidationError for `on` before birth or in the future. It may be older than the enrolment."""
    require_born(case, record.on, "on")
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})


def _columns(record: SipRecord) -> dict[str, Any]:
    contact = TextBody.objects.write(record.contact) if record.contact else None
    return {"holder": record.holder, "contact": contact, "concerns_on": record.on}


SIPS: Final = CaseFacts(
    model=CoordinatedPlan,
    noun=Noun("SIP:en", "återtagen", "rättad"),
    mark=MisplacedKind.SIP,
    name="sip",
    check=_check,
    columns=_columns,
)
