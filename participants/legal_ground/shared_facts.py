"""Facts that the forms about the legal ground show and replace, to notice two who save at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.amending.shared_facts import said_taken_back
from participants.legal_ground.actions import GROUND
from participants.legal_ground.standing import holding
from participants.models import Enrolment, LegalGround
from participants.shared_facts import of_case, written


def legal_ground_of(enrolment: Enrolment, on: date) -> Shared:
    """The legal ground that holds on the day."""

    def current() -> LegalGround | None:
        rows = LegalGround.objects.filter(enrolment=enrolment).current().select_related("note", "recorded_by")
        return holding(list(rows), on)

    def read() -> Mapping[str, Any]:
        fact = current()
        note = fact.note.text if fact and fact.note else ""
        return {"Grund nu": f"{fact.get_ground_display()} från {day(fact.concerns_on)}. {note}" if fact else ""}

    return Shared([of_case(enrolment)], read, lambda: written(current()))


def ground_facts(fact: LegalGround) -> Shared:
    """Everything that a ground says, in its last version."""
    rows = LegalGround.objects.versions_of(fact).select_related("note", "recorded_by", "why")

    def latest() -> LegalGround:
        return cast(LegalGround, rows.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {
            "ground": now.ground,
            "from_day": now.concerns_on,
            "note": now.note.text if now.note else "",
            **said_taken_back(now, GROUND),
        }

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))
