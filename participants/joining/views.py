"""Samma person? The page that asks a colleague who works with a person whose number somebody else has written down."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.days.dates import today
from core.forms.saving import saved
from core.pages import Page, go_to
from participants.http import Request
from participants.joining.answers import WHY, join_people, keep_apart
from participants.joining.forms import SamePersonForm
from participants.joining.questions import SamePersonQuestion, joined_by, question_about


def participant_same(request: Request, public_id: UUID) -> HttpResponse:
    """Page with the differences between two persons, and the answer. The address names the one written down last."""
    question = question_about(public_id, request.user, on=today())
    if question is None:
        return _joined_before(request, public_id)
    request.access.declare([question.holder, question.newcomer])
    request.access.reason = WHY
    form = SamePersonForm(request.POST or None, question=question)
    if saved(request, form, lambda: _answer(request, question, form), lambda _: _receipt(form)):
        return go_to(Page.HOME)
    # Two answers at once: after a yes there is nobody left to compare with.
    if form.is_bound and question_about(public_id, request.user, on=today()) is None:
        return _joined_before(request, public_id)
    return render(request, "participants/joining/participant_same.html", {"form": form, "question": question})


def _joined_before(request: Request, newcomer: UUID) -> HttpResponse:
    """Answer to a user who answers a question to which somebody else has just said yes: that it is answered, beside the
    typed answers. A user who presses twice gets the first answer again."""
    answer = joined_by(newcomer, request.user, on=today()) if request.method == "POST" else None
    if answer is None:
        raise Http404
    if answer.recorded_by == request.user:
        return go_to(Page.HOME)
    context = {"answer": answer, "why": request.POST.get("why", "").strip()}
    return render(request, "participants/joining/joined.html", context)


def _answer(request: Request, question: SamePersonQuestion, form: SamePersonForm) -> UUID:
    about = {"newcomer": question.newcomer.public_id, "seen": form.cleaned_data["seen"], "by": request.user}
    if form.is_no:
        keep_apart(why=form.cleaned_data["why"], **about)
    else:
        join_people(typed=form.typed, **about)
    return question.newcomer.public_id


def _receipt(form: SamePersonForm) -> str:
    if form.is_no:
        return "Svaret är sparat. De är två personer."
    return "Svaret är sparat. De är en person nu, och båda inskrivningarna hör dit."
