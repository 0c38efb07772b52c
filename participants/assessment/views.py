"""Kartläggning."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from core.days.dates import today
from participants.assessment.actions import record_assessment
from participants.assessment.forms import AssessmentForm
from participants.case_form import case_form
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission


@case_page(Permission.EDIT_CASE)
def assessment_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note that a kartläggning is complete; a later one is added beside the earlier."""

    def save(data: dict[str, Any]) -> UUID:
        fact = record_assessment(
            enrolment=enrolment, completed_on=data["completed_on"], summary=data["summary"], by=request.user
        )
        return fact.public_id

    return case_form(
        request,
        enrolment,
        AssessmentForm(request.POST or None, enrolment=enrolment, on=today()),
        template="participants/assessment/assessment_create.html",
        save=save,
        receipt="Kartläggningen är sparad.",
    )
