"""Facts that the form about a placement shows and replaces, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from participants.models import PlacementPeriod
from participants.shared_facts import of_case, written


def placement(fact: PlacementPeriod) -> Shared:
    """The placement in its newest version; empty where it has been removed."""
    present = PlacementPeriod.objects.filter(enrolment=fact.enrolment_id).current()

    def current() -> PlacementPeriod | None:
        found: PlacementPeriod | None = fact
        rows = PlacementPeriod.objects.select_related("place", "supervisor", "recorded_by")
        while found and not present.filter(pk=found.pk).exists():
            found = rows.filter(corrects=found).first()
        return rows.get(pk=found.pk) if found else None

    def read() -> Mapping[str, Any]:
        now = current()
        return placement_answers(now) if now else {}

    return Shared([of_case(fact.enrolment)], read, lambda: written(current()))


def placement_answers(fact: PlacementPeriod) -> dict[str, Any]:
    """A placement as the form's answers."""
    return {
        "place": fact.place.text,
        "supervisor": str(fact.supervisor.public_id),
        "first_day": fact.concerns_on,
        "last_day": fact.period.last,
    }
