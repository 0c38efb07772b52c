"""Pages that take no more answers: what their user has typed is shown instead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.drafts.store import DraftTooLong, as_uuid, keep, live, tell_reading, unkept
from core.forms.showing import FormPage, showing


def closed_page(request: HttpRequest, otherwise: Any) -> HttpResponse:
    """Lead to the words that the user has typed on this page, now or earlier; where there are none, to `otherwise`.

    What was sent just now is kept as a draft first, where it fits in one. Where none may be kept it is shown this once.
    """
    page = FormPage.read(request.POST)
    page = page if page and page.user == showing().user else None
    if page:
        try:
            keep(page, request.POST)
        except DraftTooLong:
            return redirect(otherwise)
    draft = live(request.user).filter(address=showing().address).first()
    if draft is None and page and (words := unkept(page, request.POST)):
        tell_reading(request, as_uuid(page.subject))
        return render(request, "core/drafts/draft_unkept.html", {"words": words, "otherwise": otherwise})
    # Its page would lead back here.
    return redirect(f"{reverse('draft_detail', args=[draft.public_id])}?stangd=arende" if draft else otherwise)
