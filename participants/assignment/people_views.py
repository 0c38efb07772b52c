"""Vilka arbetar med ärendet: who does, who did, and letting in or out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.pages import Page, go_to
from core.swedish.words import day
from participants.assignment.choices import contacts_for, substitutes_for
from participants.assignment.helping import add_contact_of_party, add_substitute, end_assignment
from participants.assignment.page import lines
from participants.assignment.people_forms import AddPersonForm, EndPersonForm
from participants.consent.parties import parties_without_consent
from participants.enums import CaseRole
from participants.guards import case_page, of_those_who_decide
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission

SUBSTITUTE, CONTACT = "ersattare", "kontakt"


@case_page(Permission.SEE_PERSONS)
@of_those_who_decide
def case_people(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page of the people who work with the case, with two forms, of which a press sends one."""
    substitute, contact = _forms(request, enrolment)
    sent = contact if contact and contact.is_bound else substitute
    is_contact = sent is contact
    if saved(
        request,
        sent,
        lambda: _add(request, enrolment, sent, is_contact=is_contact),
        lambda _: _receipt(sent, is_contact=is_contact),
    ):
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
        "has_responsible": any(line.is_live and line.assignment.role == CaseRole.RESPONSIBLE for line in people),
        "today": on,
        "may_assign": request.scope.may(Permission.ASSIGN, enrolment.project),
    }
    return render(request, "participants/assignment/case_people.html", context)


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
    add(enrolment=enrolment, helper=form.cleaned_data["who"], period=form.period, by=request.user)
    return enrolment.public_id


def _receipt(form: AddPersonForm, *, is_contact: bool) -> str:
    first, name = form.period.first, form.cleaned_data["who"].name
    since = "nu" if first == today() else f"från och med {day(first)}"
    return f"{name} är {'kontakt' if is_contact else 'ersättare'} i ärendet {since}."


@case_page(Permission.SEE_PERSONS)
@of_those_who_decide
def case_person_end(request: Request, enrolment: Enrolment) -> HttpResponse:
    """End what somebody does in the case: at once, or after a last day."""
    ending = [line for line in lines(enrolment, today()) if line.can_be_ended]
    initial = {"who": request.GET.get("vem", "")}
    form = EndPersonForm(request.POST or None, enrolment=enrolment, lines=ending, initial=initial)
    if saved(request, form, lambda: _end(request, form), lambda _: _receipt_of_end(form)):
        still_open = Enrolment.objects.own_to(request.scope).filter(pk=enrolment.pk).exists()
        return redirect("case_people", enrolment.public_id) if still_open else go_to(Page.CASE_LIST)
    return render(request, "participants/assignment/case_person_end.html", {"form": form, "enrolment": enrolment})


def _end(request: Request, form: EndPersonForm) -> UUID:
    assignment = form.cleaned_data["who"].assignment
    end_assignment(assignment=assignment, last_day=form.cleaned_data["last_day"], by=request.user)
    return assignment.enrolment.public_id


def _receipt_of_end(form: EndPersonForm) -> str:
    assignment = form.cleaned_data["who"].assignment
    name = assignment.user or f"Hela enheten, {assignment.organisation},"
    last = form.cleaned_data["last_day"]
    return f"{name} slutar arbeta med ärendet {f'efter {day(last)}' if last else 'nu'}."
