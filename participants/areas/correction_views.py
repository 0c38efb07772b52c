"""The page that puts the answer of one area right."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import saved
from participants.amending.pages import gone
from participants.areas.corrections import ANSWER, correct_area
from participants.areas.forms import AreaEditForm
from participants.areas.page import completed_as
from participants.guards import case_page
from participants.http import Request
from participants.models import AreaAnswer
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


def _correct(request: Request, answer: AreaAnswer, form: AreaEditForm) -> UUID:
    why = form.cleaned_data["why"]
    return correct_area(answer=answer, reply=form.reply, why=why, by=request.user).public_id
