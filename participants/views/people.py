"""Vilka arbetar med ärendet: who does, who did, and letting in or out."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.dates import today
from core.forms import TokenForm, add_faults, save_once
from core.templatetags.swedish import day
from participants.access import case_page
from participants.forms.people import AddPersonForm, EndPersonForm
from participants.models import Enrolment
from participants.people import (
    add_contact_of_party,
    add_substitute,
    contacts_for,
    end_assignment,
    lines,
    parties_without_consent,
    substitutes_for,
    works_with,
)
from projects.access import can
from projects.enums import Permission
from projects.http import Request

SUBSTITUTE, CONTACT = "ersattare", "kontakt"


def _of_those_who_decide(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever hands out cases, and for case workers in those that they work with: not in one opened in haste."""

    @wraps(view)
    def guarded(request: Request, enrolment: Enrolment) -> HttpResponse:
        user, on = request.user, today()
        edits = can(user, Permission.EDIT_CASE, enrolment.project, on=on)
        if not can(user, Permission.ASSIGN, enrolment.project, on=on) and not (
            edits and works_with(user, enrolment, on)
        ):
            raise PermissionDenied
        return view(request, enrolment)

    return guarded


@case_page(Permission.SEE_PERSONS)
@_of_those_who_decide
def case_people(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Who works with the case; two forms, of which a press sends one."""
    substitute, contact = _forms(request, enrolment)
    sent = contact if contact and contact.is_bound else substitute
    if _is_saved(request, sent, lambda: _add(request, enrolment, sent, is_contact=sent is contact)):
        return redirect("case_people", enrolment.public_id)
    on = today()
    people = lines(enrolment, on)
    context = {
        "enrolment": enrolment,
        "form": sent,
        "substitute": substitute,
        "contact": contact,
        "shut_out": parties_without_consent(enrolment, on),
        "is_protected": enrolment.participant.is_protected,
        "now": [line for line in people if line.is_live],
        "ended": [line for line in people if not line.is_live],
        "today": on,
        "may_assign": can(request.user, Permission.ASSIGN, enrolment.project, on=on),
    }
    return render(request, "participants/case_people.html", context)


def _forms(request: Request, enrolment: Enrolment) -> tuple[AddPersonForm, AddPersonForm | None]:
    on, asked = today(), request.POST.get("lagg-till", SUBSTITUTE) if request.method == "POST" else ""
    data = {kind: request.POST if asked == kind else None for kind in (SUBSTITUTE, CONTACT)}
    colleagues, others = substitutes_for(enrolment, on), contacts_for(enrolment, on)
    return (
        AddPersonForm(data[SUBSTITUTE], prefix=SUBSTITUTE, helpers=colleagues, on=on, is_substitute=True),
        AddPersonForm(data[CONTACT], prefix=CONTACT, helpers=others, on=on, is_substitute=False) if others else None,
    )


def _add(request: Request, enrolment: Enrolment, form: AddPersonForm, *, is_contact: bool) -> UUID:
    add = add_contact_of_party if is_contact else add_substitute
    helper = form.cleaned_data["who"]
    add(enrolment=enrolment, helper=helper, period=form.period, by=request.user)
    first = form.period.first
    since = "nu" if first == today() else f"från och med {day(first)}"
    messages.success(request, f"{helper.name} är {'kontakt' if is_contact else 'ersättare'} i ärendet {since}.")
    return enrolment.public_id


@case_page(Permission.SEE_PERSONS)
@_of_those_who_decide
def case_person_end(request: Request, enrolment: Enrolment) -> HttpResponse:
    """End what somebody does in the case: at once, or after a last day."""
    ending = [line for line in lines(enrolment, today()) if line.can_be_ended]
    form = EndPersonForm(request.POST or None, lines=ending, initial={"who": request.GET.get("vem", "")})
    if _is_saved(request, form, lambda: _end(request, enrolment, form)):
        still_open = Enrolment.objects.own_to(request.user, on=today()).filter(pk=enrolment.pk).exists()
        return redirect("case_people", enrolment.public_id) if still_open else redirect("participant_list")
    return render(request, "participants/case_person_end.html", {"form": form, "enrolment": enrolment})


def _end(request: Request, enrolment: Enrolment, form: EndPersonForm) -> UUID:
    assignment = form.cleaned_data["who"].assignment
    end_assignment(assignment=assignment, last_day=form.cleaned_data["last_day"], by=request.user)
    name = assignment.user or f"Hela enheten, {assignment.organisation},"
    last = form.cleaned_data["last_day"]
    messages.success(request, f"{name} slutar arbeta med ärendet {f'efter {day(last)}' if last else 'nu'}.")
    return enrolment.public_id


def _is_saved(request: Request, form: TokenForm, save: Callable[[], UUID]) -> bool:
    """Whether the form is saved, now or by an earlier press; what an action refuses lands on its field."""
    if request.method != "POST":
        return False
    if form.already_made(request.user):
        return True
    if not form.is_valid():
        return False
    try:
        save_once(token=form.cleaned_data["token"], user=request.user, save=save)
    except ValidationError as error:
        add_faults(form, error)
        return False
    return True
