"""Keeping a draft while somebody types, reading one whose page has closed, and letting one go."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.days.dates import STOCKHOLM
from core.drafts.store import DraftTooLong, is_kept, keep, live, tell_reading, words_of
from core.forms.showing import FormPage, showing
from core.http import piece
from core.pages import Page, address_of
from core.swedish.words import NBSP

_DROPPED = "Utkastet är kastat."
_NOT_KEPT = (
    "Inget utkast sparas, för det som stod här är redan sparat eller har ändrats sedan du öppnade sidan. "
    "Kopiera det du vill ha kvar och öppna sidan på nytt."
)


@login_not_required
@require_POST
@piece
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form; asked by the page some seconds after its user has typed.

    It is kept for whom the page was shown to, also when that one is logged out by now, or another has logged in in the
    same browser. Answers with the time of day and whether so it is; the time is empty where nothing is to be kept, and
    where it can't be it says why. Raises PermissionDenied without a mark of ours.
    """
    page = FormPage.read(request.POST)
    if page is None:
        raise PermissionDenied
    try:
        draft = keep(page, request.POST)
    except DraftTooLong:
        return JsonResponse({"fault": "Texten är för lång för att sparas som utkast."}, status=413)
    if draft is None and is_kept(page, request.POST):
        return JsonResponse({"fault": _NOT_KEPT}, status=409)
    kept_at = timezone.now().astimezone(STOCKHOLM).strftime(f"kl.{NBSP}%H.%M") if draft else ""
    return JsonResponse({"kept_at": kept_at, "fault": "", "is_logged_in": page.user == showing().user})


def draft_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The user's own words of a form, and the way to let them go. Its page may be closed by now: with `stangd` it is,
    and nothing leads there, but for «arende» to the case. With `kasta` the page asked, and is shown anew afterwards;
    with `kasta=lista` the list of drafts asked. Raises Http404 for anybody else's."""
    draft = live(request.user).filter(public_id=public_id).first()
    if draft is None:
        raise Http404
    drops = request.GET.get("kasta")
    asked_by = "" if drops is None else address_of(Page.DRAFTS) if drops == "lista" else draft.address
    if request.method == "POST":
        draft.delete()
        messages.info(request, _DROPPED)
        return redirect(asked_by or address_of(Page.HOME))
    tell_reading(request, draft.subject)
    closed = request.GET.get("stangd")
    case_url = address_of(Page.CASE, draft.subject) if closed == "arende" and draft.subject else ""
    context = {
        "draft": draft,
        "words": words_of(draft),
        "is_closed": bool(closed),
        "case_url": case_url,
        "asked_by": asked_by,
        "asked_by_list": drops == "lista",
    }
    return render(request, "core/drafts/draft_detail.html", context)
