"""Facts that the form about a kartläggning shows and replaces, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.models import Assessment, Enrolment
from participants.shared_facts import of_case, written


def assessments_of(enrolment: Enrolment) -> Shared:
    """The kartläggningar of the case: a user who notes one is told of one that a colleague has just noted."""
    present = Assessment.objects.filter(enrolment=enrolment).current().select_related("summary", "recorded_by")

    def read() -> Mapping[str, Any]:
        rows = present.order_by("concerns_on", "pk")
        lines = (
            f"{day(row.concerns_on)}: {row.summary.text if row.summary else 'utan sammanfattning'}" for row in rows
        )
        return {"Kartläggningar": "\n".join(lines)}

    return Shared([of_case(enrolment)], read, lambda: written(present.order_by("pk").last()))
