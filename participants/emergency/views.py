"""Opening a colleague's case in an emergency, and seeing that it was done."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.forms.saving import NothingToSave, saved
from core.pages import Page, go_to
from participants.emergency.actions import open_in_emergency
from participants.emergency.finding import cases_of
from participants.emergency.forms import EmergencyForm
from participants.emergency.notices import see_notice, unseen_notices
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission
from projects.guards import require_permission

NOBODY = "Det finns inget sådant ärende hos er som går att öppna här. Kontrollera uppgifterna, eller be samordnaren."
SEVERAL = "Flera personer passar in. Skriv personnumret i stället."


@require_permission(Permission.SEE_PERSONS)
@require_permission(Permission.EDIT_CASE)
def emergency_open(request: Request) -> HttpResponse:
    """Find one case of the own organisation and open it for an hour."""
    form = EmergencyForm(request.POST or None, on=today())
    if request.method == "POST":
        request.access.declare_search()
    made = saved(request, form, lambda: _open(request, form))
    if made:
        return _to_case(request, made)
    return render(request, "participants/emergency/emergency_open.html", {"form": form})


def _open(request: Request, form: EmergencyForm) -> UUID:
    """The case's public id once it is open. Raises ValidationError where not exactly one is found, and NothingToSave
    where the user works with it."""
    found = cases_of(form.wanted, project=request.project, scope=request.scope)
    if len(found) != 1:
        raise ValidationError(SEVERAL if found else NOBODY)
    case = found[0]
    if Enrolment.objects.own_to(request.scope).filter(pk=case.pk).exists():
        raise NothingToSave(case.public_id, "Ärendet är redan öppet för dig.")
    home = request.build_absolute_uri("/")
    open_in_emergency(enrolment=case, reason=form.cleaned_data["reason"], home=home, by=request.user)
    return case.public_id


def _to_case(request: Request, case_id: UUID) -> HttpResponse:
    """Redirect to the case; to the empty form where an earlier press opened it and the hour has passed since."""
    if Enrolment.objects.visible_to(request.scope).filter(public_id=case_id).exists():
        return go_to(Page.CASE, case_id)
    messages.info(request, "Nödöppningen har upphört. Öppna ärendet på nytt om du behöver det.")
    return redirect("emergency_open")


@require_POST
def emergency_seen(request: Request) -> HttpResponse:
    """Take a notice off one's own start page. Raises Http404 where the user has no such notice."""
    asked = request.POST.get("besked", "")
    notices = unseen_notices(request.scope)
    notice = next((notice for notice in notices if str(notice.public_id) == asked), None)
    if notice is None:
        raise Http404
    see_notice(notice=notice, by=request.user)
    return go_to(Page.HOME)
