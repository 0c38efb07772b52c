"""Facts that the form about the legal ground shows and replaces, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.models import Enrolment, LegalGround
from participants.shared_facts import of_case, written


def legal_ground_of(enrolment: Enrolment) -> Shared:
    """The legal ground that stands now."""

    def current() -> LegalGround | None:
        rows = LegalGround.objects.filter(enrolment=enrolment).current().select_related("note", "recorded_by")
        return rows.order_by("-pk").first()

    def read() -> Mapping[str, Any]:
        fact = current()
        note = fact.note.text if fact and fact.note else ""
        return {"Grund nu": f"{fact.get_ground_display()} från {day(fact.concerns_on)}. {note}" if fact else ""}

    return Shared([of_case(enrolment)], read, lambda: written(current()))
