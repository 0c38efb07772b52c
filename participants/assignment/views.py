from typing import Any
from uuid import UUID

from django.http import HttpResponse

from core.days.dates import today
from participants.assignment.actions import assign_case
from participants.assignment.forms import AssignForm
from participants.case_form import case_form
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

    def save(data: dict[str, Any]) -> UUID:
        assign_case(enrolment=enrolment, user=data["responsible"], note=data["note"], by=request.user)
        return enrolment.public_id

    return case_form(
        request,
        enrolment,
        AssignForm(request.POST or None, enrolment=enrolment, workers=others),
        template="participants/assignment/enrolment_assign.html",
        save=save,
        receipt="Ärendet har fått en ny ansvarig.",
        responsible=responsible,
    )
