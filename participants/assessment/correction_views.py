"""Pages that put a kartläggning right: corrected, taken back, or moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import gone, misplaced_page, take_back_page
from participants.assessment.corrections import ASSESSMENT, correct_assessment, take_back_assessment
from participants.assessment.forms import AssessmentEditForm
from participants.assessment.misplaced import put_assessment_right
from participants.assessment.shared_facts import assessment_facts
from participants.guards import case_page
from participants.http import Request
from participants.models import Assessment
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=Assessment)
def assessment_edit(request: Request, assessment: Assessment) -> HttpResponse:
    """Page that corrects the day and the summary."""
    if assessment.taken_back and request.method != "POST":
        return gone(request, assessment, ASSESSMENT)
    form = AssessmentEditForm(request.POST or None, assessment=assessment, on=today())
    if made := saved(request, form, lambda: _correct(request, assessment, form), ASSESSMENT.is_corrected):
        is_there = Assessment.objects.visible_to(request.scope).filter(public_id=made).exists()
        return redirect("assessment_detail", public_id=made) if is_there else redirect(assessment.enrolment)
    context = {"form": form, "assessment": assessment, "enrolment": assessment.enrolment}
    return render(request, "participants/assessment/assessment_edit.html", context)


def _correct(request: Request, assessment: Assessment, form: AssessmentEditForm) -> UUID:
    return correct_assessment(assessment=assessment, by=request.user, **form.answers).public_id


@case_page(Permission.SEE_PERSONS, of=Assessment)
def assessment_take_back(request: Request, assessment: Assessment) -> HttpResponse:
    """Page that takes a whole kartläggning back. Raises PermissionDenied for others than its author and
    coordinators."""
    return take_back_page(
        request,
        assessment,
        lambda reason: take_back_assessment(assessment=assessment, reason=reason, by=request.user),
        noun=ASSESSMENT,
        shared=assessment_facts(assessment),
        template="participants/assessment/assessment_take_back.html",
    )


@case_page(Permission.SEE_PERSONS, of=Assessment)
def assessment_misplaced(request: Request, assessment: Assessment) -> HttpResponse:
    """Page that moves a kartläggning to the right person, or takes it away. Raises PermissionDenied for others than its
    author and coordinators."""
    return misplaced_page(
        request,
        assessment,
        lambda right: put_assessment_right(assessment=assessment, right=right, by=request.user),
        noun=ASSESSMENT,
        template="participants/assessment/assessment_misplaced.html",
    )
