"""Pages that take a placement back, or move it to the right person."""

from django.http import HttpResponse
from django.shortcuts import redirect

from participants.amending.pages import misplaced_page, take_back_page
from participants.guards import case_page
from participants.http import Request
from participants.models import PlacementPeriod
from participants.placement.actions import PLACEMENT, take_back_placement
from participants.placement.misplaced import put_placement_right
from participants.placement.shared_facts import placement_facts
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
def placement_take_back(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """Page that takes a placement back. Raises PermissionDenied for others than its author and the coordinators."""
    return take_back_page(
        request,
        placement,
        lambda reason: take_back_placement(placement=placement, reason=reason, by=request.user),
        noun=PLACEMENT,
        shared=placement_facts(placement),
        template="participants/placement/placement_take_back.html",
    )


@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
def placement_misplaced(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """Page that moves a placement to the right person, or takes it away. Raises PermissionDenied for others than its
    author and the coordinators."""
    return misplaced_page(
        request,
        placement,
        lambda right: put_placement_right(placement=placement, right=right, by=request.user),
        noun=PLACEMENT,
        template="participants/placement/placement_misplaced.html",
    )


@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
def placement_remove(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """The old address of taking a placement back: leads on."""
    return redirect("placement_take_back", public_id=placement.public_id)
