"""Pages of a complete kartläggning's areas: an answer is put right, and own words are added."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import saved
from participants.amending.pages import gone
from participants.areas.actions import add_own_words
from participants.areas.corrections import ANSWER, correct_area
from participants.areas.forms import AreaEditForm, OwnWordsForm
from participants.areas.page import completed_as
from participants.areas.told import own_words_told
from participants.guards import case_page
from participants.http import Request
from participants.models import AreaAnswer, Assessment
from projects.enums import AssessmentArea, Permission
from projects.questions.page import questions_of


@case_page(Permission.EDIT_CASE, of=AreaAnswer)
def area_edit(request: Request, answer: AreaAnswer) -> HttpResponse:
    """Correct the answer of one area in a complete kartläggning; while that is under way it is changed with the
    others."""
    done = completed_as(answer.work)
    if done is None and request.method != "POST":
        return redirect(answer.work) if answer.stands else gone(request, answer, ANSWER)
    form = AreaEditForm(request.POST or None, answer=answer)
    if saved(request, form, lambda: _correct(request, answer, form), ANSWER.is_corrected):
        return redirect(done or answer.enrolment)
    area = AssessmentArea(answer.area)
    context = {
        "form": form,
        "area": area,
        "questions": questions_of(answer.enrolment.project)[area].splitlines(),
        "enrolment": answer.enrolment,
        "assessment": done,
    }
    return render(request, "participants/areas/area_edit.html", context)


@case_page(Permission.EDIT_CASE, of=Assessment)
def assessment_own_words(request: Request, assessment: Assessment) -> HttpResponse:
    """Add the participant's own words to a complete kartläggning; what was said before stays as it is."""
    if request.method != "POST" and (assessment.taken_back or assessment.work_id is None):
        return redirect(assessment)
    form = OwnWordsForm(request.POST or None)
    if saved(request, form, lambda: _add(request, assessment, form), "Orden är tillagda."):
        return redirect(assessment)
    work = assessment.work_id
    context = {
        "form": form,
        "assessment": assessment,
        "enrolment": assessment.enrolment,
        "own_words": own_words_told(work, request.scope) if work else [],
    }
    return render(request, "participants/areas/assessment_own_words.html", context)


def _add(request: Request, assessment: Assessment, form: OwnWordsForm) -> UUID:
    words = form.cleaned_data["words"]
    return add_own_words(assessment=assessment, words=words, by=request.user).public_id


def _correct(request: Request, answer: AreaAnswer, form: AreaEditForm) -> UUID:
    why = form.cleaned_data["why"]
    return correct_area(answer=answer, reply=form.reply, why=why, by=request.user).public_id
