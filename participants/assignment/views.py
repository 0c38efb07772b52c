"""Handing one case over."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.assignment.actions import assign_case
from participants.assignment.forms import AssignForm
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.scope.case_workers import case_workers, present
from projects.enums import Permission


@case_page(Permission.ASSIGN)
def enrolment_assign(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Hand a case over to somebody of the own organisation."""
    on = today()
    workers = present(case_workers(enrolment.project, enrolment.owner, on=on))
    live = enrolment.assignments.on(on).responsible().select_related("user").first()
    responsible = live.user if live else None
    others = [worker for worker in workers if worker != responsible]
    form = AssignForm(request.POST or None, enrolment=enrolment, workers=others, on=on)
    if saved(request, form, lambda: _assign(request, enrolment, form), "Ärendet har fått en ny ansvarig."):
        return redirect(enrolment)
    context = {"form": form, "enrolment": enrolment, "responsible": responsible}
    return render(request, "participants/assignment/enrolment_assign.html", context)


def _assign(request: Request, enrolment: Enrolment, form: AssignForm) -> UUID:
    data = form.cleaned_data
    assign_case(enrolment=enrolment, user=data["responsible"], note=data["note"], by=request.user)
    return enrolment.public_id
