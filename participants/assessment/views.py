"""Kartläggning."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.assessment.actions import record_assessment
from participants.assessment.forms import AssessmentForm
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission


@case_page(Permission.EDIT_CASE)
def assessment_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note that a kartläggning is complete; a later one is added beside the earlier."""
    form = AssessmentForm(request.POST or None, enrolment=enrolment, on=today())
    if saved(request, form, lambda: _record(request, enrolment, form), "Kartläggningen är sparad."):
        return redirect(enrolment)
    return render(request, "participants/assessment/assessment_create.html", {"form": form, "enrolment": enrolment})


def _record(request: Request, enrolment: Enrolment, form: AssessmentForm) -> UUID:
    return record_assessment(enrolment=enrolment, by=request.user, **form.answers).public_id
