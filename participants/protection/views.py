"""Protected identity: setting it, and enrolling somebody under an alias."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.pages import Page, go_to
from participants.enrolment.enrol import enrol_participant, newly_enrolled
from participants.guards import case_page, of_those_who_decide
from participants.http import Request
from participants.models import Enrolment
from participants.protection.actions import protect_participant
from participants.protection.all_traces import AllTraces
from participants.protection.forms import ProtectedEnrolForm, ProtectForm
from participants.protection.search_memory import forget
from participants.protection.texts import count_to_go_through, others_with_texts, to_go_through
from participants.scope.case_workers import case_workers, present
from participants.scope.scope import Scope
from projects.enums import Permission
from projects.guards import require_permission


def participant_protect(request: Request, public_id: UUID) -> HttpResponse:
    """Page that sets a person's protection. It opens the latest enrolment that the user works with, else the latest
    that the user may read.

    Raises Http404 where there is none.
    """
    visible = Enrolment.objects.with_void_to(request.scope).filter(participant__public_id=public_id)
    in_order = visible.order_by("is_void", "-enrolled_on", "-pk")
    latest = in_order.lasting_to(request.scope).first() or in_order.first()
    if latest is None:
        raise Http404
    return _protect(request, latest.public_id)


@case_page(Permission.ENROL, cases=Scope.with_void)
@of_those_who_decide
def _protect(request: Request, enrolment: Enrolment) -> HttpResponse:
    form = _form(request, enrolment)
    person = enrolment.participant
    new = f"Skyddet gäller. Personen heter {person.alias}."
    told = "Skyddet är ändrat." if person.is_protected else new
    if saved(
        request, form, lambda: _set_level(request, enrolment, form), lambda _: _receipt(request, enrolment.pk, told)
    ):
        return _after(request, enrolment.public_id)
    return render(request, "participants/protection/participant_protect.html", _context(enrolment, form))


def _context(enrolment: Enrolment, form: ProtectForm) -> dict[str, Any]:
    return {
        "enrolment": enrolment,
        "person": enrolment.participant,
        "form": form,
        "left": count_to_go_through(enrolment, enrolment.owner, on=today()),
        "others": others_with_texts(enrolment),
        "back": _page_of(enrolment),
    }


def _form(request: Request, enrolment: Enrolment) -> ProtectForm:
    """The form about protection. Users who hand out cases choose who is responsible; others only if nobody is, or the
    one who is has left.

    A coordinator doesn't see a protected case, so only the one responsible for it can hand it over.
    """
    on, person, user = today(), enrolment.participant, request.user
    workers = present(case_workers(enrolment.project, enrolment.owner, on=on))
    named = enrolment.assignments.on(on).responsible().filter(user__in=workers)
    current = named.values_list("user__public_id", flat=True).first()
    is_theirs = person.is_protected and current == user.public_id
    chooses = current is None or is_theirs or request.scope.may(Permission.ASSIGN, enrolment.project)
    initial = {"responsible": str(current or user.public_id)}
    offered = workers if chooses else None
    return ProtectForm(request.POST or None, enrolment=enrolment, workers=offered, on=on, initial=initial)


def _set_level(request: Request, enrolment: Enrolment, form: ProtectForm) -> UUID:
    person, data = enrolment.participant, form.cleaned_data
    traces = AllTraces.of(person)
    protect_participant(
        level=data["level"],
        case=enrolment,
        responsible=data.get("responsible"),
        number=data.get("barred_number"),
        by=request.user,
    )
    # The action has emptied all stored sessions; this request would otherwise write its own back with the name in it.
    forget(request.session, traces.is_sought_by)
    return person.public_id


def _after(request: Request, case_id: UUID) -> HttpResponse:
    """Redirect to the texts that are left to go through, else to the person's page; to the list if the user may no
    longer open the case."""
    visible = Enrolment.objects.with_void_to(request.scope).select_related("participant")
    # Read anew: the enrolment that was read before doesn't know of the protection.
    if case := visible.filter(public_id=case_id).first():
        has_texts = to_go_through(case, request.user.own_organisation, on=today()).exists()
        return redirect("enrolment_texts", case.public_id) if has_texts else redirect(_page_of(case))
    return go_to(Page.CASE_LIST)


def _receipt(request: Request, case: int, told: str) -> str:
    """The receipt `told`, after the user has been told where the case (by its key) isn't open to the user any more."""
    if not Enrolment.objects.with_void_to(request.scope).filter(pk=case).exists():
        messages.info(request, "Ärendet syns nu bara för den som är utsedd vid namn.")
    return told


def _page_of(enrolment: Enrolment) -> str:
    """The address of the person's page; of the enrolment's own page if it is wrongly registered, since that has no
    person's page."""
    return (enrolment if enrolment.is_void else enrolment.participant).get_absolute_url()


@require_permission(Permission.ENROL)
def participant_create_protected(request: Request) -> HttpResponse:
    """Page that enrols somebody who is an alias from the start."""
    workers = present(case_workers(request.project, request.user.organisation, on=today()))
    form = ProtectedEnrolForm(
        request.POST or None, project=request.project, workers=workers, user=request.user, on=today()
    )
    return enrol_without_name(request, form, "participants/protection/participant_create_protected.html")


def enrol_without_name(request: Request, form: ProtectedEnrolForm, template: str) -> HttpResponse:
    """A page that enrols somebody under an alias; where a referral leads there, with a form of its own."""
    if made := saved(request, form, lambda: _enrol(request, form), lambda made: _receipt_of_alias(request, made)):
        return _after(request, made)
    return render(request, template, {"form": form})


def _receipt_of_alias(request: Request, made: UUID) -> str:
    enrolment = newly_enrolled(made)
    told = f"Personen är inskriven som {enrolment.participant.alias}. Skriv upp det i er egen akt."
    return _receipt(request, enrolment.pk, told)


def _enrol(request: Request, form: ProtectedEnrolForm) -> UUID:
    return enrol_participant(
        new=form.new_enrolment(),
        project=request.project,
        owner=request.user.own_organisation,
        responsible=form.cleaned_data["responsible"],
        by=request.user,
    ).public_id
