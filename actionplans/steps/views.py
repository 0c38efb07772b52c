"""The page where an assessment of a step is taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.meetings.note_forms import WithdrawalForm
from actionplans.models import StepAssessment
from actionplans.steps.actions import WITHDRAWN, withdraw_assessment
from core.drafts.closed import closed_page
from core.forms.saving import saved
from participants.guards import case_page
from participants.http import Request
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=StepAssessment, shared=True)
def step_withdraw(request: Request, assessment: StepAssessment) -> HttpResponse:
    """Take back an assessment that was wrong."""
    enrolment = assessment.enrolment
    form = WithdrawalForm(request.POST or None, assessment=assessment)
    if assessment.superseded_at and request.method != "POST":
        messages.info(request, WITHDRAWN)
        return closed_page(request, enrolment)
    if saved(
        request,
        form,
        lambda: _withdraw(request, assessment, form),
        lambda made: f"Bedömningen av steg {assessment.step} är återtagen och räknas inte längre.",
    ):
        return redirect(enrolment)
    context = {"form": form, "assessment": assessment, "enrolment": enrolment}
    return render(request, "actionplans/steps/step_withdraw.html", context)


def _withdraw(request: Request, assessment: StepAssessment, form: WithdrawalForm) -> UUID:
    reason = form.cleaned_data["reason"]
    return withdraw_assessment(assessment=assessment, reason=reason, by=request.user).public_id
