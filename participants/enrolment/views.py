"""Correcting how an enrolment began."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import NothingToSave, saved
from participants.enrolment.forms import CorrectForm
from participants.guards import case_page
from participants.http import Request
from participants.identity.corrections import correct_case
from participants.identity.misplaced import correct_case_of_another
from participants.models import Enrolment
from projects.enums import Permission


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
