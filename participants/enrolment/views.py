"""How an enrolment ended, and correcting how it began."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.days.dates import today
from participants.case_form import case_form, saved
from participants.enrolment.actions import end_enrolment, reopen_enrolment
from participants.enrolment.forms import CorrectForm, ExitForm, ReopenForm
from participants.guards import case_page
from participants.http import Request
from participants.identity.corrections import correct_case
from participants.models import Enrolment
from projects.enums import Permission


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
        ExitForm(request.POST or None, enrolment=enrolment, on=today()),
        template="participants/enrolment/enrolment_exit.html",
        save=save,
        receipt="Avslutet är rättat." if current else "Inskrivningen är avslutad.",
        current=current,
        reopen=ReopenForm(enrolment=enrolment),
    )


@require_POST
@case_page(Permission.EDIT_CASE)
def enrolment_reopen(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Take an exit back."""
    if enrolment.exited_on is None:
        messages.info(request, "Avslutet är redan taget tillbaka.")
        return redirect(enrolment)
    form = ReopenForm(request.POST, enrolment=enrolment)

    def save() -> str:
        reopen_enrolment(enrolment=enrolment, by=request.user)
        return "Avslutet är taget tillbaka. Inskrivningen pågår igen."

    if saved(request, form, save):
        return redirect(enrolment)
    messages.error(request, " ".join(map(str, form.non_field_errors())) or "Tryck på knappen en gång till.")
    return redirect("enrolment_exit", enrolment.public_id)


@case_page(Permission.ENROL)
def enrolment_correct(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Correct name, number, contact, and when and how the enrolment began."""
    form = CorrectForm(request.POST or None, enrolment=enrolment, user=request.user, on=today())

    def save(data: dict[str, Any]) -> UUID:
        correct_case(
            enrolment=enrolment, person=form.person_correction(), entry=form.entry_correction(), by=request.user
        )
        return enrolment.public_id

    return case_form(
        request,
        enrolment,
        form,
        template="participants/enrolment/enrolment_correct.html",
        save=save,
        receipt="Rättelsen är sparad.",
    )
