"""Means of support at the agreed moments: side by side, noted, corrected, taken back, moved to the right person."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.enums import Category
from core.forms.saving import saved
from core.swedish.words import day, listed
from participants.amending.pages import amend_pages, amending, gone, is_theirs
from participants.enums import LivelihoodMoment
from participants.guards import case_page
from participants.http import Request
from participants.livelihood.actions import LIVELIHOODS, recorded
from participants.livelihood.forms import LivelihoodEditForm, LivelihoodForm
from participants.livelihood.moments import coming, due_in
from participants.livelihood.page import columns, means_of, moments_of, offered, opening_day, standing, table
from participants.livelihood.shared_facts import livelihood_facts, livelihoods_of
from participants.models import Enrolment, LivelihoodRecord
from projects.enums import Permission

# What the button for one more row sends.
_MORE = "add"


@case_page(Permission.SEE_PERSONS, category=Category.SUPPORT, shared=True)
def livelihood_list(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The moments of a case side by side. Those who put a record right find the way to it here."""
    records = standing(enrolment, request.scope)
    is_own = enrolment.reading.is_own
    may_edit = is_own and Permission.EDIT_CASE in enrolment.allowed
    moments = _moments(records)
    context = {
        "enrolment": enrolment,
        "columns": columns(records),
        "rows": table(records),
        "due": _due(enrolment, records) if may_edit else None,
        "has_more": bool(offered(enrolment, moments, today()).moments) if may_edit else False,
        "coming": coming(enrolment, moments, today()) if is_own else None,
        "may_edit": may_edit,
        "may_correct": may_edit or (is_own and Permission.ASSIGN in enrolment.allowed),
    }
    return render(request, "participants/livelihood/livelihood_list.html", context)


def _due(enrolment: Enrolment, records: list[LivelihoodRecord]) -> LivelihoodMoment | None:
    """The moment that waits to be recorded."""
    found = due_in(enrolment, _moments(records), today())
    return found.moment if found else None


def _moments(records: list[LivelihoodRecord]) -> list[LivelihoodMoment]:
    return [LivelihoodMoment(record.moment) for record in records]


@case_page(Permission.EDIT_CASE)
def livelihood_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note how somebody lives at a moment, which the address may name (`?lage=`): else the one that waits. One that is
    recorded isn't offered but corrected: the page says so. Where none can be recorded it says which one comes next."""
    records = standing(enrolment, request.scope)
    # One that a colleague has recorded since the page was opened is refused by its name, and what was typed is kept.
    chosen = request.POST.get("moment", "")
    others = [moment for moment in _moments(records) if moment != chosen]
    form = LivelihoodForm(
        request.POST or None,
        shared=livelihoods_of(enrolment),
        offered=offered(enrolment, others, today()),
        initial=_opening(request, enrolment, records) if request.method != "POST" else None,
    )
    if request.POST.get("do") == _MORE:
        return _create_page(request, enrolment, form.grown(), records)
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect("livelihood_list", public_id=enrolment.public_id)
    return _create_page(request, enrolment, form, records)


def _opening(request: Request, enrolment: Enrolment, records: list[LivelihoodRecord]) -> dict[str, Any]:
    asked = request.GET.get("lage", "")
    due = None if asked in LivelihoodMoment.values else _due(enrolment, records)
    moment = due.value if due else asked
    return {"moment": moment, "day": opening_day(moment, enrolment, today())}


def _create_page(
    request: Request, enrolment: Enrolment, form: LivelihoodForm, records: list[LivelihoodRecord]
) -> HttpResponse:
    asked = form.asked_moment
    context = {
        "form": form if form.offered.moments else None,
        "enrolment": enrolment,
        "taken": recorded(enrolment, LivelihoodMoment(asked)) if asked in LivelihoodMoment.values else None,
        "written": records,
        "coming": coming(enrolment, _moments(records), today()),
    }
    return render(request, "participants/livelihood/livelihood_create.html", context)


@case_page(Permission.SEE_PERSONS, of=LivelihoodRecord)
def livelihood_edit(request: Request, livelihood: LivelihoodRecord) -> HttpResponse:
    """Page that corrects a record; who may take it back finds the way to that here. Raises PermissionDenied for users
    who may do neither."""
    enrolment = livelihood.enrolment
    may_edit, theirs = Permission.EDIT_CASE in enrolment.allowed, is_theirs(request, livelihood)
    if not (may_edit or theirs) or (request.method == "POST" and not may_edit):
        raise PermissionDenied
    if not livelihood.stands and request.method != "POST" and not theirs:
        return gone(request, livelihood, LIVELIHOODS.noun)
    form = LivelihoodEditForm(
        request.POST or None,
        shared=livelihood_facts(livelihood),
        offered=offered(enrolment, moments_of(enrolment), today(), livelihood),
        means=means_of(livelihood),
    )
    if request.POST.get("do") == _MORE:
        return _edit_page(request, livelihood, form.grown())
    if saved(request, form, lambda: _correct(request, livelihood, form), lambda _: _corrected(form)):
        return redirect("livelihood_list", public_id=enrolment.public_id)
    return _edit_page(request, livelihood, form)


def _edit_page(request: Request, livelihood: LivelihoodRecord, form: LivelihoodEditForm) -> HttpResponse:
    context = {
        "form": form,
        "enrolment": livelihood.enrolment,
        "may_edit": Permission.EDIT_CASE in livelihood.enrolment.allowed,
        "unlisted": listed([source.name for source in livelihood.sources.all() if not source.line]),
        **amending(request, livelihood, LIVELIHOODS.noun),
    }
    return render(request, "participants/livelihood/livelihood_edit.html", context)


livelihood_take_back, livelihood_misplaced = amend_pages(
    LivelihoodRecord,
    LIVELIHOODS.noun,
    livelihood_facts,
    "participants/livelihood/livelihood",
    take_back=lambda livelihood, **asked: LIVELIHOODS.take_back(fact=livelihood, **asked),
    earlier=LIVELIHOODS.earlier,
    put_right=lambda livelihood, **asked: LIVELIHOODS.put_right(fact=livelihood, **asked),
)


def _record(request: Request, enrolment: Enrolment, form: LivelihoodForm) -> UUID:
    return LIVELIHOODS.record(enrolment=enrolment, record=form.record, by=request.user).public_id


def _receipt(form: LivelihoodForm) -> str:
    """«Läget vid inskrivning 12 januari 2026 är sparat. Andelarna är tillsammans 80 %, inte 100 %.»"""
    return f"Läget {_when(form)} är sparat. {form.sum_said}".strip()


def _corrected(form: LivelihoodEditForm) -> str:
    return f"{LIVELIHOODS.noun.is_corrected_to(_when(form))} {form.sum_said}".strip()


def _when(form: LivelihoodForm) -> str:
    """«vid inskrivning 12 januari 2026»."""
    return f"{form.record.moment.in_sentence} {day(form.record.day)}"


def _correct(request: Request, livelihood: LivelihoodRecord, form: LivelihoodEditForm) -> UUID:
    why = form.cleaned_data["why"]
    return LIVELIHOODS.correct(fact=livelihood, record=form.record, why=why, by=request.user).public_id
