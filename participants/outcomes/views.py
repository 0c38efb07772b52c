"""Outcomes of an enrolment: noted, corrected, taken back, moved to the right person."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import amend_pages, amending, gone, is_theirs
from participants.guards import case_page
from participants.http import Request
from participants.models import CaseOutcome, Enrolment
from participants.outcomes.actions import (
    EARLIER,
    OUTCOME,
    correct_outcome,
    put_outcome_right,
    record_outcomes,
    take_back_outcome,
)
from participants.outcomes.forms import OutcomeEditForm, OutcomesForm
from participants.outcomes.page import offered_to, standing
from participants.outcomes.shared_facts import outcome_facts, outcomes_of
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def outcome_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note what has come of the enrolment so far; what was noted before stands beside. A coordinator reads that alone,
    and finds the way to take it back. Raises PermissionDenied for others who don't write in the case."""
    may_edit = Permission.EDIT_CASE in enrolment.allowed
    if not may_edit and (request.method == "POST" or Permission.ASSIGN not in enrolment.allowed):
        raise PermissionDenied
    on = today()
    offered = offered_to(enrolment, on)
    form = OutcomesForm(request.POST or None, shared=outcomes_of(enrolment), offered=offered, on=on)
    if saved(request, form, lambda: _record(request, enrolment, form), "Utfallet är sparat."):
        return redirect(enrolment)
    context = {
        "form": form,
        "may_edit": may_edit,
        "enrolment": enrolment,
        "said": list(reversed(standing(enrolment))),
    }
    return render(request, "participants/outcomes/outcome_create.html", context)


@case_page(Permission.SEE_PERSONS, of=CaseOutcome)
def outcome_edit(request: Request, fact: CaseOutcome) -> HttpResponse:
    """Page that corrects an outcome; who may take it back finds the way to that here. Raises PermissionDenied for users
    who may do neither."""
    enrolment, on = fact.enrolment, today()
    may_edit, theirs = Permission.EDIT_CASE in enrolment.allowed, is_theirs(request, fact)
    if not (may_edit or theirs) or (request.method == "POST" and not may_edit):
        raise PermissionDenied
    if not fact.stands and request.method != "POST" and not theirs:
        return gone(request, fact, OUTCOME)
    offered = offered_to(enrolment, on, fact.outcome)
    form = OutcomeEditForm(request.POST or None, shared=outcome_facts(fact), offered=offered, on=on)
    if saved(request, form, lambda: _correct(request, fact, form), OUTCOME.is_corrected):
        return redirect(enrolment)
    context = {"form": form, "enrolment": enrolment, "may_edit": may_edit, **amending(request, fact, OUTCOME)}
    return render(request, "participants/outcomes/outcome_edit.html", context)


outcome_take_back, outcome_misplaced = amend_pages(
    CaseOutcome,
    OUTCOME,
    outcome_facts,
    "participants/outcomes/outcome",
    take_back=lambda fact, **asked: take_back_outcome(fact=fact, **asked),
    earlier=EARLIER,
    put_right=lambda fact, **asked: put_outcome_right(fact=fact, **asked),
)


def _record(request: Request, enrolment: Enrolment, form: OutcomesForm) -> UUID:
    return record_outcomes(enrolment=enrolment, outcomes=form.outcomes, by=request.user)[0].public_id


def _correct(request: Request, fact: CaseOutcome, form: OutcomeEditForm) -> UUID:
    data = form.cleaned_data
    said = {name: data[name] for name in ("outcome", "on", "is_main", "why")}
    return correct_outcome(fact=fact, by=request.user, **said).public_id
