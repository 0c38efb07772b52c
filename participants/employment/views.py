"""Employments: noted, corrected, taken back, moved to the right person."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.days.periods import ONE_DAY
from core.forms.saving import saved
from core.swedish.words import day, listed
from participants.amending.pages import amend_pages, amending, gone, is_theirs
from participants.employment.actions import (
    EARLIER,
    EMPLOYMENT,
    correct_employment,
    put_employment_right,
    record_employment,
    take_back_employment,
)
from participants.employment.forms import EmploymentEditForm, EmploymentForm
from participants.employment.page import forms_of, lasting, lines, standing
from participants.employment.shared_facts import employment_facts, employments_of
from participants.guards import case_page
from participants.http import Request
from participants.models import EmploymentPeriod, Enrolment
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def employment_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note an employment; those that were noted before stand beside. A coordinator reads these alone, and finds the way
    to take one back. Raises PermissionDenied for others who don't write in the case."""
    may_edit = Permission.EDIT_CASE in enrolment.allowed
    if not may_edit and (request.method == "POST" or Permission.ASSIGN not in enrolment.allowed):
        raise PermissionDenied
    written, on = standing(enrolment), today()
    form = EmploymentForm(
        request.POST or None,
        shared=employments_of(enrolment),
        offered=forms_of(enrolment),
        lasting=lasting(written, on),
    )
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect(enrolment)
    said = lines(written, on)
    context = {
        "form": form,
        "may_edit": may_edit,
        "enrolment": enrolment,
        "now": [line for line in said if not line.is_over],
        "ended": [line for line in said if line.is_over],
    }
    return render(request, "participants/employment/employment_create.html", context)


@case_page(Permission.SEE_PERSONS, of=EmploymentPeriod)
def employment_edit(request: Request, employment: EmploymentPeriod) -> HttpResponse:
    """Page that corrects an employment; who may take it back finds the way to that here. Raises PermissionDenied for
    users who may do neither."""
    enrolment = employment.enrolment
    may_edit, theirs = Permission.EDIT_CASE in enrolment.allowed, is_theirs(request, employment)
    if not (may_edit or theirs) or (request.method == "POST" and not may_edit):
        raise PermissionDenied
    if not employment.stands and request.method != "POST" and not theirs:
        return gone(request, employment, EMPLOYMENT)
    form = EmploymentEditForm(
        request.POST or None, shared=employment_facts(employment), offered=forms_of(enrolment, employment.form)
    )
    if saved(
        request,
        form,
        lambda: _correct(request, employment, form),
        lambda _: EMPLOYMENT.is_corrected_to(form.record.period.in_words),
    ):
        return redirect(enrolment)
    context = {
        "form": form,
        "enrolment": enrolment,
        "may_edit": may_edit,
        **amending(request, employment, EMPLOYMENT),
    }
    return render(request, "participants/employment/employment_edit.html", context)


employment_take_back, employment_misplaced = amend_pages(
    EmploymentPeriod,
    EMPLOYMENT,
    employment_facts,
    "participants/employment/employment",
    take_back=lambda employment, **asked: take_back_employment(employment=employment, **asked),
    earlier=EARLIER,
    put_right=lambda employment, **asked: put_employment_right(employment=employment, **asked),
)


def _record(request: Request, enrolment: Enrolment, form: EmploymentForm) -> UUID:
    return record_employment(enrolment=enrolment, record=form.record, ends=form.ends, by=request.user).public_id


def _receipt(form: EmploymentForm) -> str:
    """«Anställningen från 1 december 2026 är sparad. Utvecklingsanställning på Återbruket slutar 30 november 2026.»"""
    period = form.record.period
    return f"Anställningen {period.in_words} är sparad.{_ended(form.ends, day(period.first - ONE_DAY))}"


def _ended(ends: Sequence[EmploymentPeriod], last: str) -> str:
    return f" {listed([row.work for row in ends])} slutar {last}." if ends else ""


def _correct(request: Request, employment: EmploymentPeriod, form: EmploymentEditForm) -> UUID:
    why = form.cleaned_data["why"]
    return correct_employment(employment=employment, record=form.record, why=why, by=request.user).public_id
