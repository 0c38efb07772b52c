"""Views of the ability to work: side by side, noted, corrected, taken back, moved to the right person."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.abilities.actions import (
    ABILITY,
    EARLIER,
    correct_ability,
    put_ability_right,
    record_ability,
    take_back_ability,
)
from participants.abilities.forms import AbilityEditForm, AbilityForm
from participants.abilities.page import side_by_side, unsaid
from participants.abilities.parties import CATEGORIES
from participants.abilities.shared_facts import abilities_of, ability_facts
from participants.abilities.words import whose_view
from participants.amending.pages import amend_pages, amending, gone, is_theirs
from participants.guards import case_page
from participants.http import Request
from participants.models import AbilityStatement, Enrolment
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, shared=True)
def ability_list(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The parties' views of a case side by side, as far as the user may read them. Those who put one right find the way
    to it here. Raises Http404 for users to whom no consent opens any party's kind of information."""
    reading = enrolment.reading
    if reading.of_case.isdisjoint(CATEGORIES):
        raise Http404
    views = side_by_side(enrolment, request.scope)
    may_edit = reading.is_own and Permission.EDIT_CASE in enrolment.allowed
    context = {
        "enrolment": enrolment,
        "views": views,
        # To others it would tell what they may not read.
        "unsaid": unsaid(views) if reading.is_own else "",
        "may_edit": may_edit,
        "may_correct": may_edit or (reading.is_own and Permission.ASSIGN in enrolment.allowed),
    }
    return render(request, "participants/abilities/ability_list.html", context)


@case_page(Permission.EDIT_CASE)
def ability_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note how a party sees the participant's ability to work."""
    form = AbilityForm(request.POST or None, shared=abilities_of(enrolment), on=today())
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect("ability_list", public_id=enrolment.public_id)
    return render(request, "participants/abilities/ability_create.html", {"form": form, "enrolment": enrolment})


@case_page(Permission.SEE_PERSONS, of=AbilityStatement)
def ability_edit(request: Request, ability: AbilityStatement) -> HttpResponse:
    """Page that corrects a view; who may take it back finds the way to that here. Raises PermissionDenied for users who
    may do neither."""
    enrolment = ability.enrolment
    may_edit, theirs = Permission.EDIT_CASE in enrolment.allowed, is_theirs(request, ability)
    if not (may_edit or theirs) or (request.method == "POST" and not may_edit):
        raise PermissionDenied
    if not ability.stands and request.method != "POST" and not theirs:
        return gone(request, ability, ABILITY)
    form = AbilityEditForm(request.POST or None, shared=ability_facts(ability), on=today())
    if saved(request, form, lambda: _correct(request, ability, form), ABILITY.is_corrected):
        return redirect("ability_list", public_id=enrolment.public_id)
    context = {"form": form, "enrolment": enrolment, "may_edit": may_edit, **amending(request, ability, ABILITY)}
    return render(request, "participants/abilities/ability_edit.html", context)


ability_take_back, ability_misplaced = amend_pages(
    AbilityStatement,
    ABILITY,
    ability_facts,
    "participants/abilities/ability",
    take_back=lambda ability, **asked: take_back_ability(ability=ability, **asked),
    earlier=EARLIER,
    put_right=lambda ability, **asked: put_ability_right(ability=ability, **asked),
)


def _record(request: Request, enrolment: Enrolment, form: AbilityForm) -> UUID:
    return record_ability(enrolment=enrolment, record=form.record, by=request.user).public_id


def _receipt(form: AbilityForm) -> str:
    """«Arbetsförmedlingens syn på arbetsförmågan 3 mars 2026 är sparad.»"""
    record = form.record
    return f"{whose_view(record.party)} {day(record.on)} är sparad."


def _correct(request: Request, ability: AbilityStatement, form: AbilityEditForm) -> UUID:
    why = form.cleaned_data["why"]
    return correct_ability(ability=ability, record=form.record, why=why, by=request.user).public_id
