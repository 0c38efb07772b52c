"""Facts that the forms about an exit show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.exits.actions import EXIT
from participants.models import Enrolment, Exit
from participants.shared_facts import of_case, written


def exit_of(enrolment: Enrolment) -> Shared:
    """How the enrolment ended; nothing while it goes on, but that an exit has been taken back."""

    def latest() -> Exit | None:
        rows = Exit.objects.placed().filter(enrolment=enrolment).select_related("comment", "recorded_by", "why")
        return rows.order_by("pk").last()

    def read() -> Mapping[str, Any]:
        fact = latest()
        if fact is None or not fact.stands:
            return said_taken_back(fact, EXIT) if fact else {}
        comment = fact.comment.text if fact.comment else ""
        return {"exited_on": fact.concerns_on, "reason": fact.reason, "comment": comment}

    return Shared([of_case(enrolment)], read, lambda: written(latest()))
