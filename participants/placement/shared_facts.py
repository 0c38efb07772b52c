"""Facts that the form about a placement shows and replaces, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.models import PlacementPeriod
from participants.placement.actions import PLACEMENT
from participants.shared_facts import of_case, written


def placement_facts(fact: PlacementPeriod) -> Shared:
    """The placement in its newest version; where it was taken back, that alone."""
    versions = PlacementPeriod.objects.versions_of(fact).with_case()

    def latest() -> PlacementPeriod:
        return cast(PlacementPeriod, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return placement_answers(now) if now.stands else said_taken_back(now, PLACEMENT)

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))


def placement_answers(fact: PlacementPeriod) -> dict[str, Any]:
    """A placement as the form's answers."""
    return {
        "place": fact.place.text,
        "supervisor": str(fact.supervisor.public_id) if fact.supervisor else "",
        "guide": fact.guide.text if fact.guide else "",
        "guide_phone": fact.guide_phone.text if fact.guide_phone else "",
        "first_day": fact.concerns_on,
        "last_day": fact.period.last,
    }
