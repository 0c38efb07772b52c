"""The participant list."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.caseload.bulk_form import BulkAssignForm
from casework.caseload.reads import ListedCase, page_of_list
from casework.caseload.rows import list_rows
from casework.caseload.search import Search
from core.paging import CountedPaginator
from participants.assignment.shared_facts import responsible_in_list
from participants.http import Request
from participants.referral.queue import waiting_by_name
from projects.enums import Permission
from projects.guards import require_permission

PAGE_SIZE = 50


@require_permission(Permission.SEE_PERSONS)
def participant_list(request: Request) -> HttpResponse:
    """Page of the project's cases that the user may see. A search is posted, so that no name ends up in an address."""
    if request.method == "POST":
        asked = Search.read(request, request.POST).kept(request.session)
        return redirect(reverse("participant_list") + (f"?{asked}" if asked else ""))
    return render_list(request, Search.read(request, request.GET))


def list_address(search: Search) -> str:
    """The address of the list that shows the hits of this search."""
    return f"{reverse('participant_list')}?{search.query}".rstrip("&?")


def render_list(request: Request, search: Search, bulk: BulkAssignForm | None = None) -> HttpResponse:
    """The list page, with the form for handing out cases if the user may do that."""
    asked = search.text if search.form.is_valid() else ""
    if asked:
        request.access.declare_search()
    place = request.POST if request.method == "POST" else request.GET
    page = CountedPaginator(search.hits(), PAGE_SIZE).get_page(place.get("sida"))
    cases = page_of_list(list(page.object_list), on=search.on)
    request.access.declare(case.person for case in cases)
    rows = list_rows(cases, search.project, search.steps, on=search.on)
    can_receive = request.scope.may(Permission.RECEIVE, request.project)
    waiting = waiting_by_name(asked, request.scope, search.project) if asked and can_receive else []
    request.access.declare(line.referral.participant for line in waiting if line.referral.participant)
    can_assign = bool(rows) and request.scope.may(Permission.ASSIGN, request.project)
    context = {
        "search": search,
        "page": page,
        "rows": rows,
        "form": bulk if bulk else search.form,
        "bulk": (bulk or _bulk_form(search, cases)) if can_assign else None,
        "can_enrol": request.scope.may(Permission.ENROL, request.project),
        "can_import": request.scope.may(Permission.IMPORT, request.project),
        "can_receive": can_receive,
        "waiting": waiting,
        "can_open": request.scope.may(Permission.EDIT_CASE, request.project),
    }
    return render(request, "casework/caseload/participant_list.html", context)


def _bulk_form(search: Search, cases: Sequence[ListedCase]) -> BulkAssignForm:
    held = {case.public_id: case.responsible for case in cases}
    return BulkAssignForm(search=search, shared=responsible_in_list(held))
