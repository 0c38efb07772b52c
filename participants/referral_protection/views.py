"""The pages of somebody who was referred and whose identity is protected."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.http import Request
from participants.models import Referral
from participants.protection.all_traces import AllTraces
from participants.protection.search_memory import forget
from participants.protection.views import enrol_without_name
from participants.referral.guards import referral_page
from participants.referral.queue import ReferralLine
from participants.referral_protection.actions import protect_referred
from participants.referral_protection.forms import ReferralProtectForm, ReferredProtectedForm
from participants.scope.case_workers import case_workers, present

PROTECTED = "Skyddet gäller. Anvisningen väntar utan namn, och skrivs in utan namn."


@referral_page(waiting=True)
def referral_protect(request: Request, referral: Referral) -> HttpResponse:
    """Protect the identity of the person of a referral. One that names nobody leads to its own page."""
    if referral.participant is None and request.method != "POST":
        return redirect(referral)
    form = ReferralProtectForm(request.POST or None, referral=referral)
    if saved(request, form, lambda: _protect(request, referral, form), PROTECTED):
        return redirect(referral)
    line = ReferralLine(referral, request.scope.on)
    return render(request, "participants/referral_protection/referral_protect.html", {"form": form, "line": line})


def _protect(request: Request, referral: Referral, form: ReferralProtectForm) -> UUID:
    traces = AllTraces.of(referral.participant) if referral.participant else None
    protect_referred(referral=referral, level=form.cleaned_data["level"], by=request.user)
    if traces:
        # The action has emptied all stored sessions; this request would otherwise write its own back with the name.
        forget(request.session, traces.is_sought_by)
    return referral.public_id


@referral_page(waiting=True)
def referral_enrol_protected(request: Request, referral: Referral) -> HttpResponse:
    """Enrol somebody without a name from a referral. One that names somebody leads to the page that protects."""
    if referral.participant and request.method != "POST":
        return redirect("referral_protect", referral.public_id)
    workers = present(case_workers(referral.project, request.user.organisation, on=today()))
    form = ReferredProtectedForm(
        request.POST or None,
        referral=referral,
        project=referral.project,
        workers=workers,
        user=request.user,
        on=today(),
    )
    return enrol_without_name(request, form, "participants/referral_protection/referral_enrol_protected.html")
