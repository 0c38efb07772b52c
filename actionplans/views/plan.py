"""Handlingsplan: the current one with what it lacks, its earlier revisions, and the next one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from actionplans.actions import MilestoneRecord, PlanRecord, missing_parts, save_plan
from actionplans.actions.plans import PlanChangedMeanwhile, current_milestones
from actionplans.forms.plan import MilestoneFormSet, PlanForm, milestone_initial, plan_record
from actionplans.models import MilestoneStatus, PlanRevision
from core.dates import today
from core.forms import add_faults, save_once
from participants.access import case_page
from participants.models import Enrolment
from projects.access import can
from projects.enums import Permission

_EMPTY_ROWS = 2


@case_page(Permission.SEE_PERSONS)
def plan_detail(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """The plan as it stands."""
    revisions = _revisions(enrolment)
    milestones = _milestones(enrolment)
    current = revisions[0] if revisions else None
    context = {
        "enrolment": enrolment,
        "current": current,
        "earlier": revisions[1:],
        "milestones": milestones,
        "missing": _missing(current, milestones),
        "may_edit": can(request.user, Permission.EDIT_CASE, enrolment.project, on=today()),
    }
    return render(request, "actionplans/plan_detail.html", context)


@case_page(Permission.EDIT_CASE)
def plan_edit(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """The next revision. A second saver gets the page back with the other's plan beside their own."""
    revision = next(iter(_revisions(enrolment)), None)
    milestones = _milestones(enrolment)
    if request.POST.get("do") == "add":
        form, rows = _with_one_more_row(request, enrolment, revision)
    else:
        form = PlanForm(request.POST or None, enrolment=enrolment, revision=revision)
        empty = _EMPTY_ROWS if milestones else _EMPTY_ROWS + 1
        rows = MilestoneFormSet(
            request.POST or None, initial=milestone_initial(milestones, empty=empty), prefix="delmal"
        )
        if request.method == "POST":
            made = form.already_made(request.user)
            if made or (form.is_valid() & rows.is_valid() and _save(request, enrolment, form, rows)):
                return redirect("plan_detail", public_id=enrolment.public_id)
    context = {
        "form": form,
        "rows": rows,
        "enrolment": enrolment,
        "revision": revision,
        "milestones": milestones,
        "is_stale": bool(form.is_bound and revision and str(revision.number) != form.data.get("based_on")),
    }
    return render(request, "actionplans/plan_edit.html", context)


def _save(request: HttpRequest, enrolment: Enrolment, form: PlanForm, rows: Any) -> bool:
    record = plan_record(form, rows)

    def save() -> UUID:
        based_on = form.cleaned_data["based_on"]
        return save_plan(enrolment=enrolment, record=record, based_on=based_on, by=request.user).public_id

    try:
        save_once(token=form.cleaned_data["token"], user=request.user, save=save)
    except ValidationError as error:
        add_faults(form, error)
        return False
    except PlanChangedMeanwhile:
        form.add_error(None, "Någon annan har ändrat planen medan du skrev. Inget av ditt är borta: jämför och spara igen.")
        form.data = _based_on_latest(form.data, enrolment)
        return False
    _tell(request, record)
    return True


def _tell(request: HttpRequest, record: PlanRecord) -> None:
    missing = missing_parts(record)
    if missing:
        messages.warning(request, f"Planen är sparad som utkast. Den saknar {_listed(missing)}.")
    else:
        messages.success(request, "Planen är sparad och komplett.")


def _based_on_latest(data: QueryDict, enrolment: Enrolment) -> QueryDict:
    """The next press saves on top of what the page now shows beside."""
    latest = next(iter(_revisions(enrolment)))
    changed = data.copy()
    changed["based_on"] = str(latest.number)
    return changed


def _with_one_more_row(
    request: HttpRequest, enrolment: Enrolment, revision: PlanRevision | None
) -> tuple[PlanForm, Any]:
    """The page again with everything typed and one more empty row; nothing is checked or saved."""
    data = request.POST.copy()
    data["delmal-TOTAL_FORMS"] = str(min(int(data.get("delmal-TOTAL_FORMS") or 0) + 1, 40))
    typed = PlanForm(enrolment=enrolment, revision=revision, initial=_typed(data))
    rows = MilestoneFormSet(data, prefix="delmal")
    initial = [{name: row[name].value() for name in row.fields} for row in rows.forms]
    return typed, MilestoneFormSet(initial=initial, prefix="delmal")


def _typed(data: QueryDict) -> dict[str, str]:
    return {name: data[name] for name in PlanForm.base_fields if name in data}


def _revisions(enrolment: Enrolment) -> list[PlanRevision]:
    return list(
        PlanRevision.objects.filter(enrolment=enrolment)
        .select_related("main_activity", "schedule", "recorded_by")
        .order_by("-number")
    )


def _milestones(enrolment: Enrolment) -> list[MilestoneStatus]:
    plan = getattr(enrolment, "plan", None)
    return current_milestones(plan) if plan else []


def _missing(current: PlanRevision | None, milestones: list[MilestoneStatus]) -> str:
    """What the current plan lacks, in words; empty when it is complete."""
    if current is None or current.is_complete:
        return ""
    record = PlanRecord(
        valid_on=current.concerns_on,
        main_activity=current.main_activity.text if current.main_activity else "",
        schedule=current.schedule.text if current.schedule else "",
        next_follow_up_on=current.next_follow_up_on,
        milestones=[MilestoneRecord(text="", state=one.state) for one in milestones],
    )
    return _listed(missing_parts(record))


def _listed(parts: list[str]) -> str:
    return " och ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""
