"""Handing over a whole caseload: choose, look at what moves, press, keep the receipt."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from core.days.dates import today
from core.forms.saving import saved
from core.pages import Page, go_to
from participants.hand_over.actions import (
    as_seen,
    caseload,
    fingerprint,
    hand_over_caseload,
    holders,
    moment_of,
    receipt,
)
from participants.hand_over.forms import HandOverForm
from participants.http import Request
from participants.scope.case_workers import case_workers, present
from projects.enums import Permission
from projects.guards import require_permission

CONFIRMED = "bekraftat"


@require_permission(Permission.ASSIGN)
def caseload_hand_over(request: Request) -> HttpResponse:
    """From whom and to whom; then, before anything is done, what it is about."""
    form = _form(request)
    if form.is_valid() and request.POST.get("svar") != CONFIRMED:
        return _ask(request, form)
    made = saved(request, form, lambda: _hand_over(request, form))
    if made:
        return _to_receipt(request, made)
    if form.is_changed_meanwhile:
        return _ask(request, form)
    return render(request, "participants/hand_over/caseload_hand_over.html", {"form": form})


def _form(request: Request) -> HandOverForm:
    on, organisation = today(), request.user.own_organisation
    return HandOverForm(
        request.POST or None,
        holders=holders(request.project, organisation, on=on),
        workers=present(case_workers(request.project, organisation, on=on)),
        initial={"giver": request.GET.get("fran", "")},
    )


def _ask(request: Request, form: HandOverForm) -> HttpResponse:
    """Page that asks whether to move these cases, with names where this user may see them."""
    data, on = form.cleaned_data, today()
    rows = list(caseload(data["giver"].user, request.project, request.user.own_organisation, on=on))
    request.access.declare(row.participant for row in rows)
    cases = as_seen(rows, request.scope)
    context = {
        "form": form,
        "data": data,
        "cases": cases,
        "shown": fingerprint(rows),
        "hidden": sum(case.is_hidden for case in cases),
        "has_ended": request.project.has_ended(on),
        "ended": sum(row.exited_on is not None for row in rows),
    }
    return render(request, "participants/hand_over/hand_over_confirm.html", context)


def _hand_over(request: Request, form: HandOverForm) -> UUID:
    """The public id of a case that moved, by which the receipt is found."""
    data = form.cleaned_data
    moved = hand_over_caseload(
        giver=data["giver"].user,
        receiver=data["receiver"],
        project=request.project,
        organisation=request.user.own_organisation,
        shown=data["visade"],
        note=data["note"],
        by=request.user,
    )
    return moved[0].public_id


def _to_receipt(request: Request, made: UUID) -> HttpResponse:
    at = moment_of(made, request.user)
    if at is None:
        return go_to(Page.CASE_LIST)
    return redirect(f"{reverse('caseload_receipt')}?{urlencode({'nar': at.isoformat()})}")


@require_permission(Permission.ASSIGN)
def caseload_receipt(request: Request) -> HttpResponse:
    """Page with the cases that this user handed over at a moment, to print and give to the one who took over.

    Raises Http404 where nothing was handed over then.
    """
    found = receipt(at, request.project, request.user) if (at := _moment(request.GET.get("nar", ""))) else None
    if found is None:
        raise Http404
    request.access.declare(row.participant for row in found.enrolments)
    cases = as_seen(found.enrolments, request.scope)
    context = {"receipt": found, "cases": cases, "hidden": sum(case.is_hidden for case in cases)}
    return render(request, "participants/hand_over/caseload_receipt.html", context)


def _moment(text: str) -> datetime | None:
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at and at.tzinfo else None
