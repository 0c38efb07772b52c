"""Where a participant is on placement: noting it, and changing it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.amending.pages import amending, gone, is_theirs
from participants.guards import case_page, of_those_who_decide
from participants.http import Request
from participants.models import Enrolment, PlacementPeriod
from participants.placement.actions import PLACEMENT, PlacementRecord, change_placement, record_placement
from participants.placement.choices import parties_shut_out, supervisors_for
from participants.placement.forms import PlacementEditForm, PlacementForm
from participants.placement.page import lines
from participants.workplaces.page import offered
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
@of_those_who_decide
def placement_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """A new placement, beside those that are there."""
    on = today()
    supervisors = supervisors_for(enrolment, on)
    form = PlacementForm(request.POST or None, initial={"first_day": on}, supervisors=supervisors)
    if saved(
        request,
        form,
        lambda: _record(request, enrolment, form),
        lambda _: f"Placeringen {form.record.period.in_words} är sparad. {_told(form.record)}",
    ):
        return redirect(enrolment)
    return _page(request, enrolment, form)


@case_page(Permission.SEE_PERSONS, of=PlacementPeriod)
@of_those_who_decide
def placement_edit(request: Request, placement: PlacementPeriod) -> HttpResponse:
    """Other days, another place or another supervisor."""
    if not placement.stands and request.method != "POST" and not is_theirs(request, placement):
        return gone(request, placement, PLACEMENT)
    enrolment = placement.enrolment
    form = PlacementEditForm(request.POST or None, fact=placement, supervisors=supervisors_for(enrolment, today()))
    done = "ändrad" if placement.stands else "sparad"
    if saved(
        request,
        form,
        lambda: _change(request, placement, form),
        lambda _: f"Placeringen {form.record.period.in_words} är {done}. {_told(form.record)}",
    ):
        return redirect(enrolment)
    return _page(request, enrolment, form, placement)


def _record(request: Request, enrolment: Enrolment, form: PlacementForm) -> UUID:
    return record_placement(enrolment=enrolment, record=form.record, by=request.user).public_id


def _change(request: Request, placement: PlacementPeriod, form: PlacementEditForm) -> UUID:
    # A user who has seen that a colleague took the placement back, and saves nevertheless, makes a new one.
    if not placement.stands:
        return _record(request, placement.enrolment, form)
    why = form.cleaned_data["why"]
    return change_placement(placement=placement, record=form.record, why=why, by=request.user).public_id


def _told(record: PlacementRecord) -> str:
    """Whether the supervisor sees the participant by the placement today, as a sentence."""
    if record.supervisor is None:
        return f"{record.guide} har inget konto, och läser inget här."
    on, period = today(), record.period
    if period.is_over(on):
        return f"{record.supervisor} ser inte deltagaren genom den."
    since = "nu" if period.first <= on else f"från och med {day(period.first)}"
    return f"{record.supervisor} ser deltagaren på sin sida {since}."


def _page(
    request: Request, enrolment: Enrolment, form: PlacementForm, placement: PlacementPeriod | None = None
) -> HttpResponse:
    # One that is changed stands in the form.
    found = [line for line in lines(enrolment, today()) if not placement or line.placement.pk != placement.pk]
    context = {
        "form": form,
        "placement": placement,
        "workplaces": offered(enrolment.project),
        "enrolment": enrolment,
        "now": [line for line in found if not line.is_over],
        "ended": [line for line in found if line.is_over],
        "shut_out": parties_shut_out(enrolment, today()),
        **(amending(request, placement, PLACEMENT) if placement else {}),
    }
    return render(request, "participants/placement/placement_create.html", context)
