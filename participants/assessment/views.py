"""Pages that note and show a kartläggning."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.amending.pages import is_theirs
from participants.amending.rights import may_take_back
from participants.assessment.actions import record_assessment
from participants.assessment.corrections import ASSESSMENT
from participants.assessment.forms import AssessmentForm
from participants.guards import case_page
from participants.http import Request
from participants.models import Assessment, Enrolment
from projects.enums import Permission


@case_page(Permission.EDIT_CASE)
def assessment_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note that a kartläggning is complete; a later one is added beside the earlier."""
    form = AssessmentForm(request.POST or None, enrolment=enrolment, on=today())
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect(enrolment)
    return render(request, "participants/assessment/assessment_create.html", {"form": form, "enrolment": enrolment})


@case_page(Permission.SEE_PERSONS, of=Assessment, shared=True)
def assessment_detail(request: Request, assessment: Assessment) -> HttpResponse:
    """Page of a kartläggning. What another organisation has corrected or taken back isn't told.

    Raises Http404 for one of theirs that was taken back.
    """
    enrolment = assessment.enrolment
    is_own = assessment.owner_id == request.user.organisation_id
    theirs, reads_taken_back = is_theirs(request, assessment), may_take_back(request.user, assessment, enrolment)
    if assessment.taken_back and not is_own:
        raise Http404
    versions = Assessment.objects.visible_to(request.scope).versions_of(assessment).order_by("pk")
    context = {
        "assessment": assessment,
        "enrolment": enrolment,
        "summary": assessment.summary if reads_taken_back or not assessment.taken_back else None,
        "versions": list(versions.select_related("recorded_by", "why", "summary")) if is_own else [],
        "reads_all": reads_taken_back or not assessment.taken_back,
        "noun": ASSESSMENT,
        "may_edit": is_own and not assessment.taken_back and Permission.EDIT_CASE in enrolment.allowed,
        "may_take_back": theirs and not assessment.taken_back,
        "may_move": theirs,
    }
    return render(request, "participants/assessment/assessment_detail.html", context)


def _receipt(form: AssessmentForm) -> str:
    """Says the day too: it may have been typed as «i går»."""
    return f"Kartläggningen är sparad. Den blev klar {day(form.cleaned_data['completed_on'])}."


def _record(request: Request, enrolment: Enrolment, form: AssessmentForm) -> UUID:
    return record_assessment(enrolment=enrolment, by=request.user, **form.answers).public_id
