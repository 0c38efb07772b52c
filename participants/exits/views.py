"""Pages of how an enrolment ended: noted, corrected, taken back, moved to the right person."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from core.days.dates import today
from core.forms.saving import saved, say_again
from core.pages import Page, address_of
from participants.amending.pages import amending, misplaced_page, moved_while_open, take_back_page
from participants.enums import ExitReason, LivelihoodMoment
from participants.exits.actions import EXIT, end_enrolment, reopen_enrolment
from participants.exits.forms import ExitForm
from participants.exits.misplaced import EARLIER, put_exit_right
from participants.exits.shared_facts import exit_of
from participants.guards import case_page
from participants.http import Request
from participants.livelihood.counted_from import counted_from_exit
from participants.misplaced.cases import moved_before
from participants.models import Enrolment, Exit
from participants.outcomes.page import offered_to
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def enrolment_exit(request: Request, enrolment: Enrolment) -> HttpResponse:
    """End the enrolment, or correct how it ended. A coordinator reads that alone, and finds the way to take it back.
    Raises PermissionDenied for others who don't write in the case."""
    may_edit = Permission.EDIT_CASE in enrolment.allowed
    if not may_edit and (request.method == "POST" or Permission.ASSIGN not in enrolment.allowed):
        raise PermissionDenied
    if moved := moved_while_open(request, enrolment):
        return moved
    ending = _last(request, enrolment)
    current = ending if ending and ending.stands else None
    shared = exit_of(enrolment)
    # A colleague may have ended it since this page was shown: what was chosen here is kept.
    asks = current is None or "main" in request.POST
    offered = offered_to(enrolment, today()) if asks else []
    form = ExitForm(
        request.POST or None,
        shared=shared,
        enrolment=enrolment,
        on=today(),
        corrects=current is not None,
        offered=offered,
    )
    if saved(
        request,
        form,
        lambda: end_enrolment(enrolment=enrolment, by=request.user, **form.answers).public_id,
        EXIT.is_corrected if current else lambda _: _ended(enrolment, form),
    ):
        return redirect(enrolment)
    if form.is_changed_meanwhile and (moved := moved_while_open(request, enrolment)):
        return moved
    context = {
        "form": form,
        "enrolment": enrolment,
        "current": current,
        **(amending(request, ending, EXIT) if ending else {}),
        "may_edit": may_edit,
    }
    return render(request, "participants/exits/enrolment_exit.html", context)


@case_page(Permission.SEE_PERSONS)
def enrolment_reopen(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page that takes an exit back: the enrolment goes on. Raises PermissionDenied for others than its author and the
    coordinators."""
    ending = _last(request, enrolment)
    if ending is None:
        return _none(request, enrolment)
    return take_back_page(
        request,
        ending,
        lambda reason: reopen_enrolment(enrolment=enrolment, reason=reason, by=request.user),
        noun=EXIT,
        shared=exit_of(enrolment),
        template="participants/exits/enrolment_reopen.html",
        context={"goes": counted_from_exit(enrolment) if ending.stands else []},
    )


@case_page(Permission.SEE_PERSONS)
def exit_misplaced(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page that moves an exit to the right person, or takes it away. Raises PermissionDenied for others than its author
    and the coordinators."""
    ending = _last(request, enrolment)
    if ending is None or moved_before(request.POST.get("token", ""), request.user):
        return _none(request, enrolment)
    return misplaced_page(
        request,
        ending,
        lambda right: put_exit_right(ending=ending, right=right, by=request.user),
        noun=EXIT,
        template="participants/exits/exit_misplaced.html",
        earlier=EARLIER,
        context={"goes": counted_from_exit(enrolment) if ending.stands else []},
    )


def _ended(enrolment: Enrolment, form: ExitForm) -> str:
    """The receipt of a new exit, with links to what comes next. Of somebody who has died nothing is asked."""
    sheet = address_of(Page.SHEET, enrolment.public_id)
    if form.cleaned_data["reason"] == ExitReason.DECEASED:
        return format_html('Inskrivningen är avslutad. Skriv ut <a href="{}">överlämningsbladet</a>.', sheet)
    asks = reverse("livelihood_create", args=[enrolment.public_id])
    return format_html(
        'Inskrivningen är avslutad. Nu kan du <a href="{}?lage={}">skriva in försörjningen vid avslut</a> och '
        '<a href="{}">skriva ut överlämningsbladet</a>.',
        *(asks, LivelihoodMoment.EXIT, sheet),
    )


def _last(request: Request, enrolment: Enrolment) -> Exit | None:
    """The exit that stands, or the last one, which was taken back; None where there is none. One query."""
    seen = Exit.objects.visible_to(request.scope).filter(enrolment=enrolment)
    ending: Exit | None = seen.with_case().order_by("pk").last()
    if ending:
        ending.enrolment = enrolment
    return ending


def _none(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Back to the case, which has no exit. Raises PermissionDenied for users who could put none right."""
    if not enrolment.allowed & {Permission.EDIT_CASE, Permission.ASSIGN}:
        raise PermissionDenied
    if request.method == "POST":
        say_again(request)
    return redirect(enrolment)
