"""How an enrolment ended, and correcting how it began."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.forms.saving import NothingToSave, refusal, saved
from participants.enrolment.actions import end_enrolment, reopen_enrolment
from participants.enrolment.forms import CorrectForm, ExitForm, ReopenForm
from participants.guards import case_page
from participants.http import Request
from participants.identity.corrections import correct_case
from participants.identity.misplaced import correct_case_of_another
from participants.models import Enrolment
from projects.enums import Permission


@case_page(Permission.EDIT_CASE)
def enrolment_exit(request: Request, enrolment: Enrolment) -> HttpResponse:
    """End the enrolment, or correct how it ended."""
    current = enrolment.exits.current().select_related("comment").first()
    form = ExitForm(request.POST or None, enrolment=enrolment, on=today())
    if saved(
        request,
        form,
        lambda: end_enrolment(enrolment=enrolment, by=request.user, **form.answers).public_id,
        "Avslutet är rättat." if current else "Inskrivningen är avslutad.",
    ):
        return redirect(enrolment)
    context = {"form": form, "enrolment": enrolment, "current": current, "reopen": ReopenForm(enrolment=enrolment)}
    return render(request, "participants/enrolment/enrolment_exit.html", context)


@require_POST
@case_page(Permission.EDIT_CASE)
def enrolment_reopen(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Take an exit back."""
    if enrolment.exited_on is None:
        messages.info(request, "Avslutet är redan taget tillbaka.")
        return redirect(enrolment)
    form = ReopenForm(request.POST, enrolment=enrolment)
    if saved(
        request, form, lambda: _reopen(request, enrolment), "Avslutet är taget tillbaka. Inskrivningen pågår igen."
    ):
        return redirect(enrolment)
    messages.error(request, refusal(form))
    return redirect("enrolment_exit", enrolment.public_id)


def _reopen(request: Request, enrolment: Enrolment) -> UUID:
    reopen_enrolment(enrolment=enrolment, by=request.user)
    return enrolment.public_id


@case_page(Permission.ENROL)
def enrolment_correct(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Correct name, number, contact, and when and how the enrolment began."""
    form = CorrectForm(request.POST or None, enrolment=enrolment, user=request.user, on=today())
    if saved(request, form, lambda: _correct(request, enrolment, form), "Rättelsen är sparad."):
        return redirect(enrolment)
    return render(request, "participants/enrolment/enrolment_correct.html", {"form": form, "enrolment": enrolment})


def _correct(request: Request, enrolment: Enrolment, form: CorrectForm) -> UUID:
    said: dict[str, Any] = {"person": form.person_correction(), "entry": form.entry_correction(), "by": request.user}
    if form.cleaned_data.get("of_another"):
        correct_case_of_another(enrolment=enrolment, **said)
    elif not correct_case(enrolment=enrolment, has_new_number=form.has_new_number, **said):
        raise NothingToSave(enrolment.public_id, "Du ändrade ingenting, så uppgifterna står kvar som de var.")
    return enrolment.public_id
