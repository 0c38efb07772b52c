"""Pages that take a placement back, or move it to the right person."""

from django.http import HttpResponse
from django.shortcuts import redirect

from participants.amending.pages import amend_pages
from participants.guards import case_page
from participants.http import Request
from participants.models import PlacementPeriod
from participants.placement.actions import PLACEMENT, take_back_placement
from participants.placement.misplaced import EARLIER, put_placement_right
from participants.placement.shared_facts import placement_facts
from projects.enums import Permission

placement_take_back, placement_misplaced = amend_pages(
    PlacementPeriod,
    PLACEMENT,
    placement_facts,
    "participants/placement/placement",
    take_back=lambda placement, **asked: take_back_placement(placement=placement, **asked),
    earlier=EARLIER,
    put_right=lambda placement, **asked: put_placement_right(placement=placement, **asked),
)


@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
def placement_remove(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """The old address of taking a placement back: leads on."""
    return redirect("placement_take_back", public_id=placement.public_id)
