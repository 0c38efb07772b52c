"""Pages that change who is responsible for many cases of the list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from casework.caseload.bulk_form import BulkAssignForm
from casework.caseload.search import Search
from casework.caseload.views import list_address, render_list
from core.forms.saving import NothingToSave, saved
from core.swedish.words import plural
from participants.assignment.actions import assign_cases
from participants.http import Request
from projects.enums import Permission
from projects.guards import require_permission


@require_POST
@require_permission(Permission.ASSIGN)
def participant_assign(request: Request) -> HttpResponse:
    """Button that gives the ticked cases, or all that the search found, somebody responsible."""
    search = Search.read(request, request.POST)
    form = BulkAssignForm.sent(request.POST, search)
    is_complete = form.is_valid()
    if is_complete and form.asks_first:
        return _ask(request, search, form)
    if saved(request, form, lambda: _assign(request, form), lambda _: _receipt(form)):
        return redirect(list_address(search))
    if not is_complete:
        return render_list(request, search, form)
    if form.conflict:
        request.access.declare(row.participant for row in form.enrolments)
    return _ask(request, search, form) if form.is_about_all else render_list(request, search, form)


def _assign(request: Request, form: BulkAssignForm) -> UUID:
    user: User = form.cleaned_data["responsible"]
    if not assign_cases(enrolments=form.enrolments, user=user, by=request.user):
        raise NothingToSave(user.public_id, f"{user} var redan ansvarig.")
    return user.public_id


def _receipt(form: BulkAssignForm) -> str:
    count = plural(len(form.enrolments), "inskrivning,inskrivningar")
    return f"{form.cleaned_data['responsible']} är nu ansvarig för {count}."


def _ask(request: Request, search: Search, form: BulkAssignForm) -> HttpResponse:
    """Page that asks for confirmation: it says how many cases change, and how many of them have somebody responsible
    already."""
    user, found = form.cleaned_data["responsible"], search.found()
    count = found.count()
    kept = found.responsibility_of(user, on=search.on).count()
    free = found.unassigned(on=search.on).count()
    context = {"search": search, "form": form, "user": user, "count": count, "moved": count - kept - free, "kept": kept}
    context["seen"] = form["seen"].value() if form.conflict else form.version()
    return render(request, "casework/caseload/participant_assign.html", context)
