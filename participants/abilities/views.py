"""Views of the ability to work: side by side, noted, corrected, taken back, moved to the right person."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.abilities.actions import ABILITIES
from participants.abilities.forms import AbilityEditForm, AbilityForm
from participants.abilities.page import side_by_side, unsaid
from participants.abilities.parties import CATEGORIES
from participants.abilities.shared_facts import ability_facts
from participants.abilities.words import whose_view
from participants.amending.kind_pages import kind_pages
from participants.amending.shared_facts import lines_of
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
    form = AbilityForm(request.POST or None, shared=lines_of(ABILITIES, enrolment), on=today())
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect("ability_list", public_id=enrolment.public_id)
    return render(request, "participants/abilities/ability_create.html", {"form": form, "enrolment": enrolment})


def _edit_form(request: Request, ability: AbilityStatement) -> AbilityEditForm:
    return AbilityEditForm(request.POST or None, shared=ability_facts(ability), on=today())


ability_edit, ability_take_back, ability_misplaced = kind_pages(
    ABILITIES,
    "participants/abilities/ability",
    form=_edit_form,
    shared=ability_facts,
    corrected_at="ability_list",
)


def _record(request: Request, enrolment: Enrolment, form: AbilityForm) -> UUID:
    return ABILITIES.record(enrolment=enrolment, record=form.record, by=request.user).public_id


def _receipt(form: AbilityForm) -> str:
    """«Arbetsförmedlingens bedömning av arbetsförmågan 3 mars 2026 är sparad.»"""
    record = form.record
    return f"{whose_view(record.party)} {day(record.on)} är sparad."
