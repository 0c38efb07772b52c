"""Samma person? The question to whoever works with somebody whose number was written down out of sight."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.dates import today
from participants.forms.same_person import SamePersonForm
from participants.joining.answers import WHY, join_people, keep_apart
from participants.joining.questions import Question, question_about
from participants.views.case_form import saved
from projects.http import Request


def participant_same(request: Request, public_id: UUID) -> HttpResponse:
    """What differs between the two, and the answer; the address names whoever was written down last."""
    question = question_about(public_id, request.user, on=today())
    if question is None:
        raise Http404
    request.access.shown([question.holder, question.newcomer])
    request.access.reason = WHY
    form = SamePersonForm(request.POST or None, question=question)
    if saved(request, form, lambda: _answer(request, question, form)):
        return redirect("home")
    return render(request, "participants/same_person.html", {"form": form, "question": question})


def _answer(request: Request, question: Question, form: SamePersonForm) -> str:
    about = {"newcomer": question.newcomer.public_id, "seen": form.cleaned_data["seen"], "by": request.user}
    if form.cleaned_data["is_same"] == "no":
        keep_apart(why=form.cleaned_data["why"], **about)
        return "Svaret är sparat. De är två personer."
    join_people(typed=form.typed, **about)
    return "Svaret är sparat. De är en person nu, och båda inskrivningarna hör dit."
