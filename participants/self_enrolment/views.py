"""Seeing that somebody enrolled a person who looks like themselves."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from core.pages import Page, go_to
from participants.http import Request
from participants.self_enrolment.notices import can_see_to, see_self_enrolment, unseen
from projects.enums import Permission
from projects.guards import require_permission


@require_POST
@require_permission(Permission.SEE_PERSONS)
def self_enrolment_seen(request: Request) -> HttpResponse:
    """Take it off the coordinators' start page. Raises Http404 where the user has no such notice."""
    asked = request.POST.get("besked", "")
    found = next((row for row in unseen(request.scope, request.project) if str(row.public_id) == asked), None)
    if found is None or not can_see_to(found, request.scope):
        raise Http404
    see_self_enrolment(found=found, by=request.user)
    return go_to(Page.HOME)
