"""The user's own drafts on one page."""

from django.http import HttpResponse
from django.shortcuts import render

from casework.drafts.lines import drafts_of
from participants.http import Request


def draft_list(request: Request) -> HttpResponse:
    """Everything that the user has typed and not saved; nobody else's."""
    drafts = drafts_of(request.scope)
    request.access.declare(draft.person for draft in drafts if draft.person)
    return render(request, "casework/drafts/draft_list.html", {"drafts": drafts})
