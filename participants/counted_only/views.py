"""The pages that count somebody without registering them, and take a count back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.counted_only.actions import count_only, take_back_count
from participants.counted_only.forms import CountedOnlyForm, MiscountedForm
from participants.http import Request
from projects.enums import Permission
from projects.guards import require_permission


@require_permission(Permission.ENROL)
def counted_only_create(request: Request) -> HttpResponse:
    """Add one to the volumes; the page says how many there are already."""
    form = CountedOnlyForm(request.POST or None, project=request.project, on=today())
    if saved(request, form, lambda: _count(request, form), "Personen är räknad."):
        return redirect("counted_only_create")
    counted = request.project.counted_only.counting().filter(owner=request.user.organisation_id).count()
    return render(request, "participants/counted_only/counted_only_create.html", {"form": form, "counted": counted})


def _count(request: Request, form: CountedOnlyForm) -> UUID:
    answers, owner = form.cleaned_data, request.user.own_organisation
    count_only(project=request.project, owner=owner, sex=answers["sex"], year=answers["year"], by=request.user)
    # Who is counted has no id of their own: nobody is to be found again.
    return request.project.public_id


@require_permission(Permission.ENROL)
def counted_only_take_back(request: Request) -> HttpResponse:
    """Take back one who was counted by mistake."""
    form = MiscountedForm(request.POST or None, on=today())
    if saved(request, form, lambda: _take_back(request, form), lambda _: _taken_back(form)):
        return redirect("counted_only_create")
    return render(request, "participants/counted_only/counted_only_take_back.html", {"form": form})


def _take_back(request: Request, form: MiscountedForm) -> UUID:
    owner = request.user.own_organisation
    take_back_count(project=request.project, owner=owner, by=request.user, **form.answers)
    return request.project.public_id


def _taken_back(form: MiscountedForm) -> str:
    """«Kvinna, 2026: en räknas inte längre.»"""
    answers = form.cleaned_data
    return f"{answers['sex'].label}, {answers['year']}: en räknas inte längre."
