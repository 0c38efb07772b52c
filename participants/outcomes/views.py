"""Outcomes of an enrolment: noted, corrected, taken back, moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.amending.kind_pages import kind_pages, require_writer_or_reader
from participants.guards import case_page
from participants.http import Request
from participants.models import CaseOutcome, Enrolment
from participants.outcomes.actions import OUTCOMES, record_outcomes
from participants.outcomes.forms import OutcomeEditForm, OutcomesForm
from participants.outcomes.page import offered_to, standing
from participants.outcomes.shared_facts import outcome_facts, outcomes_of
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def outcome_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note what has come of the enrolment so far; what was noted before stands beside. A coordinator reads that alone,
    and finds the way to take it back. Raises PermissionDenied for others who don't write in the case."""
    may_edit, on = require_writer_or_reader(request, enrolment), today()
    offered = offered_to(enrolment, on)
    form = OutcomesForm(
        request.POST or None, shared=outcomes_of(enrolment), enrolment=enrolment, offered=offered, on=on
    )
    if saved(request, form, lambda: _record(request, enrolment, form), "Utfallet är sparat."):
        return redirect(enrolment)
    context = {
        "form": form,
        "may_edit": may_edit,
        "enrolment": enrolment,
        "said": list(reversed(standing(enrolment))),
    }
    return render(request, "participants/outcomes/outcome_create.html", context)


def _edit_form(request: Request, fact: CaseOutcome) -> OutcomeEditForm:
    on = today()
    offered = offered_to(fact.enrolment, on, fact.outcome)
    return OutcomeEditForm(request.POST or None, shared=outcome_facts(fact), fact=fact, offered=offered, on=on)


outcome_edit, outcome_take_back, outcome_misplaced = kind_pages(
    OUTCOMES, "participants/outcomes/outcome", form=_edit_form, shared=outcome_facts
)


def _record(request: Request, enrolment: Enrolment, form: OutcomesForm) -> UUID:
    return record_outcomes(enrolment=enrolment, outcomes=form.outcomes, by=request.user)[0].public_id
