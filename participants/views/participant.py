"""The participant list, and enrolling somebody."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.days.dates import today
from core.forms.concurrency import save_form
from core.forms.saving import add_faults
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.enrol_form import EnrolForm
from participants.forms.assign import BulkAssignForm
from participants.listing import list_rows
from participants.models import Enrolment
from participants.searches import Search
from participants.shared_facts import responsible_in_list
from projects.access import can
from projects.enums import Permission
from projects.guards import require_permission
from projects.http import Request

PAGE_SIZE = 50


@require_permission(Permission.SEE_PERSONS)
def participant_list(request: Request) -> HttpResponse:
    """Those of the project whom the user may see. A search is posted, so that no name ends up in an address."""
    if request.method == "POST":
        asked = Search.read(request, request.POST).kept(request.session)
        return redirect(reverse("participant_list") + (f"?{asked}" if asked else ""))
    return render_list(request, Search.read(request, request.GET))


def list_address(search: Search) -> str:
    """The list as it was."""
    return f"{reverse('participant_list')}?{search.query}".rstrip("&?")


def render_list(request: Request, search: Search, bulk: BulkAssignForm | None = None) -> HttpResponse:
    """The list page; with the form for handing out cases where the user may do that."""
    if search.text:
        request.access.searched()
    place = request.POST if request.method == "POST" else request.GET
    page = Paginator(search.hits(), PAGE_SIZE).get_page(place.get("sida"))
    enrolments = Enrolment.objects.filter(pk__in=page.object_list).for_list(on=search.on)
    request.access.shown(enrolment.participant for enrolment in enrolments)
    rows = list_rows(list(enrolments), search.project, search.steps, on=search.on)
    can_assign = bool(rows) and can(request.user, Permission.ASSIGN, request.project, on=search.on)
    context = {
        "search": search,
        "page": page,
        "rows": rows,
        "form": bulk if bulk else search.form,
        "bulk": (bulk or BulkAssignForm(search=search, shared=responsible_in_list(enrolments))) if can_assign else None,
        "can_enrol": can(request.user, Permission.ENROL, request.project, on=search.on),
        "can_import": can(request.user, Permission.IMPORT, request.project, on=search.on),
        "can_open": can(request.user, Permission.EDIT_CASE, request.project, on=search.on),
    }
    return render(request, "participants/participant_list.html", context)


@require_permission(Permission.ENROL)
def participant_create(request: Request) -> HttpResponse:
    """Register somebody and enrol them, or enrol again somebody whom the organisation knows."""
    form = _enrol_form(request)
    if request.method == "POST":
        made = form.already_made(request.user) or (form.is_valid() and _enrol(request, form))
        if made:
            return redirect("participant_detail", made)
    if form.known:
        request.access.shown([form.known.participant])
    return render(request, "participants/participant_form.html", {"form": form, "known": form.known})


def _enrol_form(request: Request) -> EnrolForm:
    return EnrolForm(request.POST or None, project=request.project, user=request.user, on=today())


def _enrol(request: Request, form: EnrolForm) -> UUID | None:
    """Save once; what the action refuses stands on the form."""

    def save() -> UUID:
        enrolment = enrol_participant(
            new=form.new_enrolment(),
            project=request.project,
            owner=request.user.own_organisation,
            responsible=form.cleaned_data["responsible"],
            by=request.user,
        )
        return enrolment.participant.public_id

    try:
        made = save_form(form=form, user=request.user, save=save)
    except ValidationError as error:
        # What names no field is two enrolments of one person that overlap: the day is what can be changed.
        add_faults(form, error if hasattr(error, "error_dict") else ValidationError({"enrolled_on": error.messages}))
        return None
    except IntegrityError:
        # A colleague enrolled the same person in the same moment: now the form finds that.
        form.full_clean()
        if form.is_valid():
            raise
        return None
    messages.success(request, "Personen är inskriven.")
    return made
