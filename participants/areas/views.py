"""Pages of a kartläggning that is under way: its areas, what completes it, and what takes it away."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.amending.pages import gone, is_theirs, misplaced_page, take_back_page
from participants.areas.actions import complete_assessment, save_areas
from participants.areas.corrections import WORK, take_back_work
from participants.areas.forms import AreasForm, CompleteForm
from participants.areas.misplaced import EARLIER, put_work_right
from participants.areas.page import (
    answers_now,
    area_address,
    areas_left,
    completed_as,
    in_numbers,
    missing_areas,
    next_left,
    own_words_now,
    progress,
    work_under_way,
)
from participants.areas.shared_facts import declines_name, work_facts
from participants.guards import case_page
from participants.http import Request
from participants.models import AssessmentWork, Enrolment
from projects.enums import AssessmentArea, Permission
from projects.exports import PDF, may_export
from projects.questions.page import questions_of


@case_page(Permission.EDIT_CASE)
def assessment_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The areas of the kartläggning that is under way, or of a new one, which begins once something is saved. One of
    them is open: the one that `?omrade=` numbers, else the first without an answer."""
    form = AreasForm(request.POST or None, enrolment=enrolment)
    if saved(request, form, lambda: _save(request, enrolment, form), lambda _: _said(enrolment)):
        left = next_left(areas_left(enrolment), form.written)
        return redirect(area_address(enrolment, left))
    work = work_under_way(enrolment)
    if work:
        work.enrolment = enrolment
    missing = missing_areas(answers_now(work) if work else {})
    asked = _numbered(request.GET.get("omrade", ""))
    opened = (form.written if form.is_bound else []) or list(filter(None, [asked or next_left(missing, ())]))
    if asked and not form.is_bound:
        form.write_first_in(asked)
    context = {
        "form": form,
        "enrolment": enrolment,
        "work": work,
        "is_theirs": work is not None and is_theirs(request, work),
        "missing": missing,
        "progress": progress(missing),
        "areas": _areas(form, questions_of(enrolment.project), opened),
        "is_alone": len(opened) < 2,
        "own_words": own_words_now(work) if work else [],
        "may_print": may_export(request, PDF),
    }
    return render(request, "participants/areas/assessment_create.html", context)


@case_page(Permission.EDIT_CASE, of=AssessmentWork)
def assessment_complete(request: Request, work: AssessmentWork) -> HttpResponse:
    """Say that a kartläggning is complete. While an area is missing the page leads back to them."""
    if request.method != "POST" and (elsewhere := _elsewhere(request, work) or _unfinished(request, work)):
        return elsewhere
    form = CompleteForm(request.POST or None, work=work, on=today())
    if saved(request, form, lambda: _complete(request, work, form), lambda _: _receipt(form)):
        return redirect(work.enrolment)
    answers = [(area.numbered, answer.in_words) for area, answer in sorted(answers_now(work).items(), key=_place)]
    context = {"form": form, "work": work, "enrolment": work.enrolment, "answers": answers}
    return render(request, "participants/areas/assessment_complete.html", context)


@case_page(Permission.SEE_PERSONS, of=AssessmentWork)
def assessment_work_take_back(request: Request, work: AssessmentWork) -> HttpResponse:
    """Take back a kartläggning that was begun."""
    if request.method != "POST" and (elsewhere := _elsewhere(request, work)):
        return elsewhere
    return take_back_page(
        request,
        work,
        lambda reason: take_back_work(work=work, reason=reason, by=request.user),
        noun=WORK,
        shared=work_facts(work),
        template="participants/areas/assessment_work_take_back.html",
    )


@case_page(Permission.SEE_PERSONS, of=AssessmentWork)
def assessment_work_misplaced(request: Request, work: AssessmentWork) -> HttpResponse:
    """Move a kartläggning that was begun to the right person, or take it away."""
    if request.method != "POST" and (done := completed_as(work)):
        return redirect("assessment_misplaced", public_id=done.public_id)
    return misplaced_page(
        request,
        work,
        lambda right: put_work_right(work=work, right=right, by=request.user),
        noun=WORK,
        template="participants/areas/assessment_work_misplaced.html",
        earlier=EARLIER,
    )


def _save(request: Request, enrolment: Enrolment, form: AreasForm) -> UUID:
    return save_areas(enrolment=enrolment, replies=form.replies, own_words=form.own_words, by=request.user).public_id


def _said(enrolment: Enrolment) -> str:
    """The receipt: what is missing, or that nothing is."""
    return f"Sparat. {progress(areas_left(enrolment))}"


def _numbered(number: str) -> AssessmentArea | None:
    return next((area for area in AssessmentArea if str(area.number) == number), None)


def _areas(
    form: AreasForm, questions: dict[AssessmentArea, str], opened: Collection[AssessmentArea]
) -> list[dict[str, Any]]:
    """Each area with its questions and its two fields, what it holds in a line, and whether it is open."""
    return [
        {
            "area": area,
            "questions": questions[area].splitlines(),
            "answer": form[area.value],
            "declines": form[declines_name(area)],
            "is_own_view": area == AssessmentArea.OWN_VIEW,
            "is_open": area in opened,
        }
        for area in AssessmentArea
    ]


def _elsewhere(request: Request, work: AssessmentWork) -> HttpResponse | None:
    """Where the page of one that is no longer under way leads; None while it is."""
    if work.stands:
        return None
    done = completed_as(work)
    return redirect(done) if done else gone(request, work, WORK)


def _unfinished(request: Request, work: AssessmentWork) -> HttpResponse | None:
    if missing := missing_areas(answers_now(work)):
        messages.info(request, f"Kvar innan kartläggningen är klar: {in_numbers(missing)}.")
        return redirect(work)
    return None


def _complete(request: Request, work: AssessmentWork, form: CompleteForm) -> UUID:
    return complete_assessment(work=work, by=request.user, **form.answers).public_id


def _receipt(form: CompleteForm) -> str:
    """Says the day too: it may have been typed as «i går»."""
    return f"Kartläggningen är sparad. Den blev klar {day(form.cleaned_data['completed_on'])}."


def _place(item: tuple[AssessmentArea, Any]) -> int:
    return item[0].number
