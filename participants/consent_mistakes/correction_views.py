"""The page that corrects what an answer about consent says."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.days.periods import Period
from core.forms.saving import saved
from participants.amending.pages import gone, is_theirs
from participants.assignment.with_consent import answer_with_contacts
from participants.consent.record import record_of
from participants.consent_mistakes.actions import CONSENT
from participants.consent_mistakes.cells import newer_of
from participants.consent_mistakes.correction_facts import parties_to_choose
from participants.consent_mistakes.correction_forms import ConsentEditForm
from participants.consent_mistakes.corrections import correct_consent
from participants.guards import case_page
from participants.http import Request
from participants.models import Consent
from participants.scope.case_workers import case_workers, present
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=Consent)
def consent_edit(request: Request, consent: Consent) -> HttpResponse:
    """Page that says what the answer is, and corrects all that it says. One that is renewed leads to its renewal."""
    if consent.taken_back and request.method != "POST":
        return gone(request, consent, CONSENT)
    form = _form(request, consent)
    if saved(request, form, lambda: _correct(request, consent, form), CONSENT.is_corrected):
        return redirect("consent_list", consent.enrolment.public_id)
    if consent.taken_back and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, consent, CONSENT)
    context = {
        "form": form,
        "fact": consent,
        "enrolment": consent.enrolment,
        "record": record_of(consent, request.scope),
        "newer": newer_of(consent),
        "noun": CONSENT,
        "is_theirs": is_theirs(request, consent),
    }
    return render(request, "participants/consent_mistakes/consent_edit.html", context)


def _form(request: Request, consent: Consent) -> ConsentEditForm:
    enrolment, on = consent.enrolment, today()
    workers = present(case_workers(enrolment.project, enrolment.owner, on=on))
    return ConsentEditForm(
        request.POST or None,
        consent=consent,
        parties=parties_to_choose(consent),
        # Who took the answer then may have left since.
        workers=workers if consent.received_by in workers else [*workers, consent.received_by],
        on=on,
    )


def _correct(request: Request, consent: Consent, form: ConsentEditForm) -> UUID:
    correction = form.correction()
    return answer_with_contacts(
        answer=lambda: correct_consent(consent=consent, correction=correction, by=request.user),
        contacts=form.contacts,
        period=Period(max(correction.valid_from, today())) if correction.valid_from else None,
        by=request.user,
    ).public_id
