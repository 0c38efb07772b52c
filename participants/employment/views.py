"""Employments: noted, corrected, taken back, moved to the right person."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.days.periods import ONE_DAY
from core.forms.saving import saved
from core.swedish.words import day, listed
from participants.amending.kind_pages import kind_pages, require_writer_or_reader
from participants.employment.actions import EMPLOYMENTS, record_employment
from participants.employment.forms import EmploymentEditForm, EmploymentForm
from participants.employment.page import beyond_full_time, forms_of, lasting, lines, standing
from participants.employment.shared_facts import employment_facts, employments_of
from participants.employment.taking_over import said_of
from participants.guards import case_page
from participants.http import Request
from participants.models import EmploymentPeriod, Enrolment
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def employment_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note an employment; those that were noted before stand beside. A coordinator reads these alone, and finds the way
    to take one back. Raises PermissionDenied for others who don't write in the case."""
    may_edit = require_writer_or_reader(request, enrolment)
    written, on = standing(enrolment), today()
    form = EmploymentForm(
        request.POST or None,
        shared=employments_of(enrolment),
        offered=forms_of(enrolment),
        lasting=lasting(written, on),
    )
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(enrolment, form)):
        return redirect(enrolment)
    said = lines(written, on)
    context = {
        "form": form,
        "may_edit": may_edit,
        "enrolment": enrolment,
        "now": [line for line in said if not line.is_over],
        "beyond_full_time": beyond_full_time(lasting(written, on)),
        "ended": [line for line in said if line.is_over],
    }
    return render(request, "participants/employment/employment_create.html", context)


def _edit_form(request: Request, employment: EmploymentPeriod) -> EmploymentEditForm:
    offered = forms_of(employment.enrolment, employment.form)
    return EmploymentEditForm(request.POST or None, shared=employment_facts(employment), offered=offered)


employment_edit, employment_take_back, employment_misplaced = kind_pages(
    EMPLOYMENTS,
    "participants/employment/employment",
    form=_edit_form,
    shared=employment_facts,
    receipt=lambda form: form.record.period.in_words,
    follows=lambda employment: said_of(employment, employment.enrolment),
)


def _record(request: Request, enrolment: Enrolment, form: EmploymentForm) -> UUID:
    return record_employment(enrolment=enrolment, record=form.record, ends=form.ends, by=request.user).public_id


def _receipt(enrolment: Enrolment, form: EmploymentForm) -> str:
    """«Anställningen från 1 december 2026 är sparad. Utvecklingsanställning på Återbruket slutar 30 november 2026.»,
    and what is odd: more than full time at once. One query."""
    period = form.record.period
    said = f"Anställningen {period.in_words} är sparad.{_ended(form.ends, day(period.first - ONE_DAY))}"
    return f"{said} {beyond_full_time(lasting(standing(enrolment), today()))}".strip()


def _ended(ends: Sequence[EmploymentPeriod], last: str) -> str:
    return f" {listed([row.work for row in ends])} slutar {last}." if ends else ""
