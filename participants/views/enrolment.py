"""How an enrolment ended, and correcting how it began."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.dates import today
from participants.access import case_page
from participants.actions import end_enrolment, reopen_enrolment
from participants.corrections import correct_case
from participants.forms.enrolment import CorrectForm, ExitForm
from participants.models import Enrolment
from participants.views.case_form import case_form
from projects.enums import Permission
from projects.http import Request


@case_page(Permission.EDIT_CASE)
def enrolment_exit(request: Request, enrolment: Enrolment) -> HttpResponse:
    """End the enrolment, or correct how it ended."""
    current = enrolment.exits.current().select_related("comment").first()

    def save(data: dict[str, Any]) -> UUID:
        fields = {name: data[name] for name in ("exited_on", "reason", "comment")}
        return end_enrolment(enrolment=enrolment, by=request.user, **fields).public_id

    return case_form(
        request,
        enrolment,
        ExitForm(request.POST or None, current=current, on=today()),
        template="participants/exit_form.html",
        save=save,
        receipt="Avslutet är rättat." if current else "Inskrivningen är avslutad.",
        current=current,
    )


@require_POST
@case_page(Permission.EDIT_CASE)
def enrolment_reopen(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Take an exit back."""
    if enrolment.exited_on is None:
        return redirect(enrolment)
    try:
        reopen_enrolment(enrolment=enrolment, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("enrolment_exit", enrolment.public_id)
    messages.success(request, "Avslutet är taget tillbaka. Inskrivningen pågår igen.")
    return redirect(enrolment)


@case_page(Permission.ENROL)
def enrolment_correct(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Correct name, number, contact, and when and how the enrolment began."""
    current = enrolment.entries.current().get()
    form = CorrectForm(request.POST or None, enrolment=enrolment, current=current, user=request.user, on=today())

    def save(data: dict[str, Any]) -> UUID:
        correct_case(
            enrolment=enrolment, person=form.person_correction(), entry=form.entry_correction(), by=request.user
        )
        return enrolment.public_id

    answer = case_form(
        request,
        enrolment,
        form,
        template="participants/correct_form.html",
        save=save,
        receipt="Rättelsen är sparad.",
    )
    is_gone = answer.status_code == 302 and form.is_bound and form.is_valid() and form.cleaned_data["is_void"]
    # A wrongly registered enrolment has no page to go to.
    return redirect("participant_list") if is_gone else answer
