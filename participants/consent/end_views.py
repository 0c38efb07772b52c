"""Taking back a consent, and renewing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.swedish.words import day as in_words
from participants.case_form import saved
from participants.consent.actions import renew_consent, with_renewals, withdraw_consent
from participants.consent.effects import losses
from participants.consent.forms import RenewForm, WithdrawForm
from participants.consent.words import grouped
from participants.enums import ConsentForm
from participants.guards import case_page
from participants.http import Request
from participants.models import Consent, ConsentGrant
from participants.scope.scope import Scope
from projects.enums import Permission


@require_POST
@case_page(Permission.EDIT_CASE, of=Consent)
def consent_renew(request: Request, consent: Consent) -> HttpResponse:
    """The same once more, in one press."""
    form = RenewForm(request.POST, prefix=str(consent.public_id))

    def save() -> str:
        new = renew_consent(consent=consent, by=request.user)
        return f"Samtycket är förnyat till och med {in_words(new.valid_through)}."

    if not saved(request, form, save):
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "Tryck på knappen en gång till.")
    return redirect("consent_list", consent.enrolment.public_id)


@case_page(Permission.EDIT_CASE, of=Consent, cases=Scope.with_void)
def consent_withdraw(request: Request, consent: Consent) -> HttpResponse:
    """What vanishes for whom, and the button that takes it back at once; in a wrongly registered case too, whose
    consents would hold again when that is undone."""
    enrolment = consent.enrolment
    cells = ConsentGrant.objects.on_or_after(today()).filter(consent__in=with_renewals(consent))
    lost = losses(enrolment, cells.select_related("organisation"), on=today())
    form = WithdrawForm(request.POST or None, losses=lost)
    if request.method == "POST" and form.already_made(request.user):
        return redirect("consent_list", enrolment.public_id)
    if not lost:
        messages.info(request, "Det finns inget kvar att återkalla i det samtycket.")
        return redirect("consent_list", enrolment.public_id)
    if request.method == "POST" and saved(request, form, lambda: _withdraw(request, consent, form)):
        return redirect("consent_list", enrolment.public_id)
    context = {"form": form, "enrolment": enrolment, "consent": consent}
    return render(request, "participants/consent/consent_withdraw.html", context)


def _withdraw(request: Request, consent: Consent, form: WithdrawForm) -> str:
    chosen = form.cleaned_data["cells"]
    withdraw_consent(
        consent=consent,
        cells=[one.cell for one in chosen],
        form=ConsentForm(form.cleaned_data["form"]),
        by=request.user,
    )
    gone = grouped((one.party.name, one.category) for one in chosen)
    said = [f"{who} kan inte längre läsa {what} genom det här samtycket." for who, what in gone]
    return f"Återkallat, och det gäller redan. {' '.join(said)}"
