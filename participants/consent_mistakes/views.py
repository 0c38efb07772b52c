"""Pages that take back a consent that was written by mistake, or take it away from the wrong person."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import saved
from participants.amending.pages import is_theirs, take_back_page
from participants.consent.record import record_of
from participants.consent.terms import with_renewals
from participants.consent_mistakes.actions import (
    CONSENT,
    fault_of_others,
    of_others,
    remove_misplaced_consent,
    take_back_consent,
)
from participants.consent_mistakes.forms import ConsentMisplacedForm
from participants.consent_mistakes.shared_facts import consent_facts
from participants.guards import case_page
from participants.http import Request
from participants.misplaced.cases import right_cases
from participants.models import Consent
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, of=Consent)
def consent_take_back(request: Request, consent: Consent) -> HttpResponse:
    """Page that takes back an answer that was written by mistake. Raises PermissionDenied for others than its author
    and the coordinators."""
    renewals = [row for row in with_renewals(consent)[1:] if row.stands]
    return take_back_page(
        request,
        consent,
        lambda reason: take_back_consent(consent=consent, reason=reason, by=request.user),
        noun=CONSENT,
        shared=consent_facts(consent),
        template="participants/consent_mistakes/consent_take_back.html",
        context={
            "record": record_of(consent, request.scope),
            "renewals": renewals,
            "fault": fault_of_others(of_others(renewals, consent.enrolment, request.user)),
        },
    )


@case_page(Permission.SEE_PERSONS, of=Consent)
def consent_misplaced(request: Request, consent: Consent) -> HttpResponse:
    """Page that takes away an answer that somebody else gave. Raises PermissionDenied for others than its author and
    the coordinators."""
    if not is_theirs(request, consent):
        raise PermissionDenied
    if consent.renews_id:
        return redirect("consent_misplaced", _first_of(consent).public_id)
    enrolment = consent.enrolment
    cases = list(right_cases(request.scope, enrolment))
    request.access.declare_names(case.participant for case in cases)
    form = ConsentMisplacedForm(request.POST or None, cases=cases)
    done = f"Svaret står inte längre på {enrolment.participant.identity.name} och öppnar inget där."
    if saved(request, form, lambda: remove_misplaced_consent(consent=consent, by=request.user).public_id, done):
        return redirect("consent_list", (form.right_case or enrolment).public_id)
    context = {"form": form, "fact": consent, "noun": CONSENT, "enrolment": enrolment}
    return render(request, "participants/consent_mistakes/consent_misplaced.html", context)


def _first_of(consent: Consent) -> Consent:
    """The consent that a chain of renewals began with."""
    found = consent
    while found.renews:
        found = found.renews
    return found
