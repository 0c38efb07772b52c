"""Taking back a consent, and renewing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.forms.saving import refusal, saved
from core.swedish.words import day as in_words
from participants.consent.actions import renew_consent, withdraw_consent
from participants.consent.effects import losses
from participants.consent.end_forms import RenewForm, WithdrawForm
from participants.consent.terms import with_renewals
from participants.consent.words import grouped
from participants.enums import ConsentForm
from participants.guards import case_page
from participants.http import Request
from participants.models import Consent
from participants.scope.scope import Scope
from projects.enums import Permission


@require_POST
@case_page(Permission.EDIT_CASE, of=Consent)
def consent_renew(request: Request, consent: Consent) -> HttpResponse:
    """Button that renews a consent on its own terms."""
    seen = _seen(request, consent)
    form = RenewForm(request.POST, prefix=str(seen.public_id))
    if not saved(
        request,
        form,
        lambda: renew_consent(consent=seen, by=request.user).public_id,
        lambda made: f"Samtycket är förnyat till och med {_last_day(consent, made)}.",
    ):
        messages.error(request, refusal(form))
    return redirect("consent_list", consent.enrolment.public_id)


def _seen(request: Request, consent: Consent) -> Consent:
    """The version in the address, which the page was made for: it may have been corrected or taken back since."""
    named = request.resolver_match.kwargs["public_id"] if request.resolver_match else consent.public_id
    return consent if named == consent.public_id else consent.enrolment.consents.with_case().get(public_id=named)


def _last_day(consent: Consent, renewal: UUID) -> str:
    return in_words(consent.enrolment.consents.get(public_id=renewal).valid_through)


@case_page(Permission.EDIT_CASE, of=Consent, cases=Scope.with_void)
def consent_withdraw(request: Request, consent: Consent) -> HttpResponse:
    """Page that says who will no longer read what, with the button that takes the consent back at once. Also in a
    wrongly registered case, whose consents would hold again when that is undone."""
    enrolment = consent.enrolment
    cells = enrolment.consent_grants.on_or_after(today()).filter(consent__in=with_renewals(consent))
    lost = losses(enrolment, cells.select_related("organisation"), on=today())
    seen = _seen(request, consent)
    form = WithdrawForm(request.POST or None, losses=lost, is_current=seen.pk == consent.pk)
    if saved(request, form, lambda: _withdraw(request, seen, form), lambda _: _receipt(form)):
        return redirect("consent_list", enrolment.public_id)
    if not lost:
        messages.info(request, "Det finns inget kvar att återkalla i det samtycket.")
        return redirect("consent_list", enrolment.public_id)
    context = {"form": form, "enrolment": enrolment, "consent": consent}
    return render(request, "participants/consent/consent_withdraw.html", context)


def _withdraw(request: Request, consent: Consent, form: WithdrawForm) -> UUID:
    cells, how = [loss.cell for loss in form.cleaned_data["cells"]], ConsentForm(form.cleaned_data["form"])
    offered = [loss.cell for loss in form.by_key.values()]
    made = withdraw_consent(consent=consent, cells=cells, offered=offered, form=how, by=request.user)
    return made.public_id


def _receipt(form: WithdrawForm) -> str:
    gone = grouped((loss.party.name, loss.category) for loss in form.cleaned_data["cells"])
    said = [f"{who} kan inte längre läsa {what} genom det här samtycket." for who, what in gone]
    return f"Återkallat, och det gäller redan. {' '.join(said)}"
