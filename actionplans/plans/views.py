"""Handlingsplan: the current one with what it lacks, its earlier revisions, and the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from actionplans.activities.page import beside_plan
from actionplans.corrected_plans.actions import PLAN
from actionplans.corrected_plans.history import amendments, is_theirs
from actionplans.plans.actions import PlanUnchanged, missing_parts, save_plan, words_for_week
from actionplans.plans.comparing import chosen, side_by_side
from actionplans.plans.forms import PlanForm
from actionplans.plans.next_contact import latest_revision
from actionplans.plans.revisions import PlanVersion, plan_versions
from actionplans.signatures.page import signed_plans
from actionplans.weeks.page import holidays_ahead
from core.days.dates import today
from core.enums import Category
from core.forms.saving import NothingToSave, fill_in, saved
from core.swedish.words import listed, moment
from participants.amending.pages import moved_while_open
from participants.enums import PaperAbout
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.papers.page import papers_of
from participants.placement.page import lines
from projects.enums import Permission

# So many earlier plans are shown at first: thirty, each with its delmål, made a page of 300 kB.
_EARLIER: Final = 5
# The buttons for one more row, and which rows they add to.
_MORE: Final = {"add": "rows", "add_time": "times"}


@case_page(Permission.SEE_PERSONS, category=Category.PLAN, shared=True)
def plan_detail(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page of the plan in its newest revision, with the earlier ones below."""
    versions = plan_versions(enrolment)
    current = versions[0] if versions else None
    may_edit = enrolment.reading.is_own and Permission.EDIT_CASE in enrolment.allowed
    signed = signed_plans(enrolment, may_edit=may_edit)
    context = {
        "enrolment": enrolment,
        "current": current,
        **_earlier(request, versions[1:]),
        "supervisors": _supervisors(enrolment) if current and current.schedule else [],
        "missing": lacks(current) if current else [],
        "holidays": listed(holidays_ahead(current.week, today())) if current else "",
        "today": today(),
        "may_edit": may_edit,
        "activities": beside_plan(enrolment, on=today(), may_edit=may_edit),
        "signed": signed,
        "is_signed": current is not None and current.revision.number in {plan.number for plan in signed},
        "papers": papers_of(request, enrolment, PaperAbout.PLAN),
        "noun": PLAN,
        "theirs": [row.revision.pk for row in versions if is_theirs(row.revision, enrolment, request.user)],
        "amendments": amendments(enrolment, request.user),
    }
    return render(request, "actionplans/plans/plan_detail.html", context)


def _earlier(request: Request, earlier: Sequence[PlanVersion]) -> dict[str, Any]:
    """The earlier revisions that the page shows, the latest first: some of them and the one that a link asks for, or
    all. `asked` is its number, `older` how many aren't shown."""
    asked = request.GET.get("plan", "")
    shown = [
        version
        for place, version in enumerate(earlier)
        if place < _EARLIER or "alla" in request.GET or str(version.revision.number) == asked
    ]
    return {"earlier": shown, "asked": asked, "older": len(earlier) - len(shown)}


@dataclass(frozen=True, slots=True)
class Lack:
    """A part that the plan lacks, and the field of its form where it is written."""

    text: str
    field: str


def lacks(version: PlanVersion) -> list[Lack]:
    """The parts that the plan lacks, each with its field."""
    fields = {
        "huvudsaklig placering eller aktivitet": "main_activity",
        "veckoschema": "w1_start",
        "delmål": f"m{len(version.milestones) + 1}_text",
        "nästa uppföljning": "next_follow_up_on",
    }
    return [Lack(part, f"id_{fields[part]}") for part in version.missing]


def _supervisors(enrolment: Enrolment) -> list[str]:
    """Words about the supervisors who read the week of the plan at a placement, and nothing else of it."""
    people = (line.placement.supervisor for line in lines(enrolment, today()) if Category.PLAN in line.knows)
    return list(dict.fromkeys(f"{person}, {person.organisation}" for person in people if person))


@case_page(Permission.SEE_PERSONS, category=Category.PLAN, shared=True)
def plan_compare(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Two revisions of the plan side by side: those that are named, else the newest and the one before it."""
    versions = plan_versions(enrolment)
    plan = request.GET.get("plan", "")
    pair = chosen(versions, plan, request.GET.get("med", ""))
    numbers = [version.revision.number for version in versions]
    context = {
        "enrolment": enrolment,
        "versions": versions,
        "asked": next((number for number in numbers if str(number) == plan), numbers[0] if numbers else ""),
        "rows": [],
    }
    if pair:
        context |= {"before": pair[0], "after": pair[1], "rows": side_by_side(*pair)}
    return render(request, "actionplans/plans/plan_compare.html", context)


@case_page(Permission.EDIT_CASE)
def plan_edit(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The next revision. A second saver gets the page back with the other's plan beside their own."""
    if request.method != "POST":
        current = next(iter(plan_versions(enrolment)), None)
        revision, milestones = (current.revision, current.milestones) if current else (None, [])
        form = PlanForm.of(enrolment, revision, milestones, on=today())
        fill_in(request, form)
        return _page(request, enrolment, form, words_for_week(revision))
    if moved := moved_while_open(request, enrolment):
        return moved
    form = PlanForm(request.POST, enrolment=enrolment, on=today())
    if what := _MORE.get(request.POST.get("do", "")):
        return _page(request, enrolment, form.grown(what))
    made = saved(request, form, lambda: _save(request, enrolment, form), lambda _: _receipt(request, form))
    if form.is_changed_meanwhile and (moved := moved_while_open(request, enrolment)):
        return moved
    if form.is_changed_meanwhile:
        theirs = next(iter(plan_versions(enrolment)), None)
        return _page(request, enrolment, form.on_top_of_the_newest(), theirs=theirs)
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


def _page(
    request: Request,
    enrolment: Enrolment,
    form: PlanForm,
    words: str | None = None,
    theirs: PlanVersion | None = None,
) -> HttpResponse:
    """The page with the form. `words` are those that stand for the week; they are asked for where they aren't given."""
    context = {
        "form": form,
        "enrolment": enrolment,
        "theirs": theirs,
        "words": words_for_week(latest_revision(enrolment)) if words is None else words,
        "is_first": form["based_on"].value() in (0, "0"),
    }
    return render(request, "actionplans/plans/plan_edit.html", context)


def _receipt(request: Request, form: PlanForm) -> str:
    """The receipt of a complete plan. Of a draft the user is warned instead, with what it lacks."""
    missing = missing_parts(form.record(), words=words_for_week(latest_revision(form.enrolment)))
    saved = f"sparad {moment(timezone.now())}"
    if not missing:
        return f"Planen är {saved}. Den är komplett."
    messages.warning(request, f"Planen är {saved} som utkast. Den saknar {listed(missing)}.")
    return ""
