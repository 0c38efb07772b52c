"""Where a participant is on placement: noting it, changing it, taking away a mistake."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.swedish.words import day
from participants.case_form import saved
from participants.guards import case_page, of_those_who_decide
from participants.http import Request
from participants.models import Enrolment, PlacementPeriod
from participants.placement.actions import (
    change_placement,
    lines,
    parties_shut_out,
    record_placement,
    remove_placement,
    supervisors_for,
)
from participants.placement.forms import PlacementEditForm, PlacementForm, RemoveForm
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
@of_those_who_decide
def placement_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """A new placement, beside those that are there."""
    form = PlacementForm(request.POST or None, supervisors=supervisors_for(enrolment, today()))

    def save() -> str:
        made = record_placement(enrolment=enrolment, record=form.record, by=request.user)
        return f"Placeringen är sparad. {_told(made)}"

    if request.method == "POST" and saved(request, form, save):
        return redirect(enrolment)
    return _page(request, enrolment, form)


@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
@of_those_who_decide
def placement_edit(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """Other days, another place or another supervisor."""
    enrolment = placement.enrolment
    if placement.superseded_at and request.method != "POST":
        messages.info(request, "Placeringen är borttagen.")
        return redirect(enrolment)
    supervisors = supervisors_for(enrolment, today())
    form = PlacementEditForm(request.POST or None, fact=placement, supervisors=supervisors)

    def save() -> str:
        # Whoever has seen that a colleague took it away, and saves all the same, makes a new one.
        if placement.superseded_at:
            made = record_placement(enrolment=enrolment, record=form.record, by=request.user)
            return f"Placeringen är sparad. {_told(made)}"
        changed = change_placement(placement=placement, record=form.record, by=request.user)
        return f"Placeringen är ändrad. {_told(changed)}"

    if request.method == "POST" and saved(request, form, save):
        return redirect(enrolment)
    return _page(request, enrolment, form, None if placement.superseded_at else RemoveForm(fact=placement))


@require_POST
@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
@of_those_who_decide
def placement_remove(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """It was a mistake: nobody has been there."""
    form = RemoveForm(request.POST, fact=placement)

    def save() -> str:
        remove_placement(placement=placement, by=request.user)
        return "Placeringen är borttagen. Handledaren ser inte längre deltagaren genom den."

    if not saved(request, form, save):
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "Tryck på knappen en gång till.")
    return redirect(placement.enrolment)


def _told(placement: PlacementPeriod) -> str:
    """Whether the supervisor sees the participant by it today."""
    on = today()
    if placement.until and placement.until <= on:
        return f"{placement.supervisor} ser inte deltagaren genom den."
    since = "nu" if placement.concerns_on <= on else f"från och med {day(placement.concerns_on)}"
    return f"{placement.supervisor} ser deltagaren på sin sida {since}."


def _page(
    request: Request, enrolment: Enrolment, form: PlacementForm, removal: RemoveForm | None = None
) -> HttpResponse:
    found = lines(enrolment, today())
    context = {
        "form": form,
        "removal": removal,
        "enrolment": enrolment,
        "now": [one for one in found if not one.is_over],
        "ended": [one for one in found if one.is_over],
        "shut_out": parties_shut_out(enrolment, today()),
    }
    return render(request, "participants/placement/placement_create.html", context)
