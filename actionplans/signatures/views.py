"""Signatures under a plan: noted, corrected, taken back, moved to the right person."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.models import PlanSignature
from actionplans.signatures.actions import SIGNATURES, plans_in_words, sign_plan, signers_of
from actionplans.signatures.forms import SignatureEditForm, SignatureForm, answers
from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day, listed
from participants.amending.kind_pages import kind_pages, require_writer_or_reader
from participants.amending.shared_facts import facts_of, lines_of
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission

_shared: Final = facts_of(SIGNATURES, answers)


@case_page(Permission.SEE_PERSONS)
def signature_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note who has signed the plan; the signatures that stand are beside. A coordinator reads these alone, and finds
    the way to take one back. Raises PermissionDenied for others who don't write in the case."""
    may_edit = require_writer_or_reader(request, enrolment)
    plans = plans_in_words(enrolment)
    form = SignatureForm(
        request.POST or None,
        shared=lines_of(SIGNATURES, enrolment),
        on=today(),
        plans=plans,
        signers=signers_of(enrolment),
    )

    def sign() -> UUID:
        said = form.cleaned_data
        done = sign_plan(enrolment=enrolment, number=said["number"], signers=form.who, on=said["on"], by=request.user)
        return done.public_id

    if saved(request, form, sign, lambda _: _receipt(form)):
        return redirect("plan_detail", public_id=enrolment.public_id)
    said = list(reversed(SIGNATURES.standing(enrolment)))
    context = {"form": form, "may_edit": may_edit, "enrolment": enrolment, "said": said, "plans": plans}
    return render(request, "actionplans/signatures/signature_create.html", context)


def _receipt(form: SignatureForm) -> str:
    who = listed([str(signer or "deltagaren") for signer in form.who])
    return f"Plan {form.cleaned_data['number']} är påskriven {day(form.cleaned_data['on'])} av {who}."


def _corrected(request: Request, signature: PlanSignature) -> SignatureEditForm:
    case, signers = signature.enrolment, signers_of(signature.enrolment)
    kept = [signature.signer] if signature.signer and signature.signer not in signers else []
    return SignatureEditForm(
        request.POST or None,
        shared=_shared(signature),
        on=today(),
        plans=plans_in_words(case),
        signers=[*signers, *kept],
    )


signature_edit, signature_take_back, signature_misplaced = kind_pages(
    SIGNATURES,
    "actionplans/signatures/signature",
    form=_corrected,
    shared=_shared,
    receipt=lambda form: day(form.record.on),
    corrected_at="plan_detail",
)
