"""Handlingsplan: the current one with what it lacks, its earlier revisions, and the next one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from actionplans.corrected_plans.actions import PLAN
from actionplans.corrected_plans.history import amendments, is_theirs
from actionplans.plans.actions import PlanRecord, PlanUnchanged, missing_parts, save_plan
from actionplans.plans.forms import PlanForm
from actionplans.plans.revisions import PlanVersion, plan_versions
from core.days.dates import today
from core.enums import Category
from core.forms.saving import NothingToSave, fill_in, saved
from core.swedish.words import listed, moment
from participants.amending.pages import moved_while_open
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.placement.page import lines
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, category=Category.PLAN, shared=True)
def plan_detail(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page of the plan in its newest revision, with the earlier ones below."""
    versions = plan_versions(enrolment)
    current = versions[0] if versions else None
    context = {
        "enrolment": enrolment,
        "current": current,
        "earlier": versions[1:],
        "supervisors": _supervisors(enrolment) if current and current.schedule else [],
        "missing": listed(current.missing) if current else "",
        "today": today(),
        "may_edit": enrolment.reading.is_own and Permission.EDIT_CASE in enrolment.allowed,
        "noun": PLAN,
        "theirs": [row.revision.pk for row in versions if is_theirs(row.revision, enrolment, request.user)],
        "amendments": amendments(enrolment, request.user),
    }
    return render(request, "actionplans/plans/plan_detail.html", context)


def _supervisors(enrolment: Enrolment) -> list[str]:
    """Words about the supervisors who read the week of the plan at a placement, and nothing else of it."""
    people = (line.placement.supervisor for line in lines(enrolment, today()) if Category.PLAN in line.knows)
    return list(dict.fromkeys(f"{person}, {person.organisation}" for person in people))


@case_page(Permission.EDIT_CASE)
def plan_edit(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The next revision. A second saver gets the page back with the other's plan beside their own."""
    if request.method != "POST":
        current = next(iter(plan_versions(enrolment)), None)
        revision, milestones = (current.revision, current.milestones) if current else (None, [])
        form = PlanForm.of(enrolment, revision, milestones, on=today())
        fill_in(request, form)
        return _page(request, enrolment, form)
    if moved := moved_while_open(request, enrolment):
        return moved
    form = PlanForm(request.POST, enrolment=enrolment, on=today())
    if request.POST.get("do") == "add":
        return _page(request, enrolment, form.grown())
    made = saved(request, form, lambda: _save(request, enrolment, form), lambda _: _receipt(request, form.record()))
    if form.is_changed_meanwhile and (moved := moved_while_open(request, enrolment)):
        return moved
    if form.is_changed_meanwhile:
        return _page(request, enrolment, form.on_top_of_the_newest(), next(iter(plan_versions(enrolment)), None))
    if made is None:
        return _page(request, enrolment, form)
    return redirect("plan_detail", public_id=enrolment.public_id)


def _save(request: Request, enrolment: Enrolment, form: PlanForm) -> UUID:
    based_on = form.cleaned_data["based_on"]
    try:
        return save_plan(enrolment=enrolment, record=form.record(), based_on=based_on, by=request.user).public_id
    except PlanUnchanged:
        said = "Du ändrade ingenting, så planen står kvar som den var."
        raise NothingToSave(enrolment.public_id, said) from None


def _page(request: Request, enrolment: Enrolment, form: PlanForm, theirs: PlanVersion | None = None) -> HttpResponse:
    context = {"form": form, "enrolment": enrolment, "theirs": theirs, "is_first": form["based_on"].value() in (0, "0")}
    return render(request, "actionplans/plans/plan_edit.html", context)


def _receipt(request: Request, record: PlanRecord) -> str:
    """The receipt of a complete plan. Of a draft the user is warned instead, with what it lacks."""
    missing = missing_parts(record)
    saved = f"sparad {moment(timezone.now())}"
    if not missing:
        return f"Planen är {saved}. Den är komplett."
    messages.warning(request, f"Planen är {saved} som utkast. Den saknar {listed(missing)}.")
    return ""
