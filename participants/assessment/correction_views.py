"""Pages that put a kartläggning right: corrected, taken back, or moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import amend_pages, gone
from participants.assessment.corrections import ASSESSMENT, correct_assessment, take_back_assessment
from participants.assessment.forms import AssessmentEditForm
from participants.assessment.misplaced import EARLIER, put_assessment_right
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
    if assessment.taken_back and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, assessment, ASSESSMENT)
    context = {"form": form, "assessment": assessment, "enrolment": assessment.enrolment}
    return render(request, "participants/assessment/assessment_edit.html", context)


def _correct(request: Request, assessment: Assessment, form: AssessmentEditForm) -> UUID:
    return correct_assessment(assessment=assessment, by=request.user, **form.answers).public_id


assessment_take_back, assessment_misplaced = amend_pages(
    Assessment,
    ASSESSMENT,
    assessment_facts,
    "participants/assessment/assessment",
    take_back=lambda assessment, **asked: take_back_assessment(assessment=assessment, **asked),
    earlier=EARLIER,
    put_right=lambda assessment, **asked: put_assessment_right(assessment=assessment, **asked),
)
