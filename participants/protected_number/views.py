"""Seeing that a colleague was told of somebody protected."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from core.pages import Page, go_to
from participants.http import Request
from participants.protected_number.notices import see_notice, unseen_notices
from projects.enums import Permission
from projects.guards import require_permission


@require_POST
@require_permission(Permission.SEE_PERSONS)
def protected_notice_seen(request: Request) -> HttpResponse:
    """Take a notice off one's own start page. Raises Http404 where the user has no such notice."""
    asked = request.POST.get("besked", "")
    notice = next((row for row in unseen_notices(request.scope) if str(row.public_id) == asked), None)
    if notice is None:
        raise Http404
    see_notice(notice=notice, by=request.user)
    return go_to(Page.HOME)
