"""Pages that put a plan right: corrected, taken back, or moved to the right person."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.corrected_plans.actions import PLAN, correct_revision, take_back_revision
from actionplans.corrected_plans.forms import RevisionEditForm
from actionplans.corrected_plans.shared_facts import revision_facts
from actionplans.misplaced.plans import PLAN_EARLIER, built_on, put_plan_right
from actionplans.models import PlanRevision
from actionplans.plans.next_contact import latest_revision
from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import amend_pages, gone
from participants.guards import case_page
from participants.http import Request
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=PlanRevision)
def revision_edit(request: Request, revision: PlanRevision) -> HttpResponse:
    """Page that corrects everything that a revision says but its delmål."""
    if revision.taken_back and request.method != "POST":
        return gone(request, revision, PLAN)
    form = RevisionEditForm(request.POST or None, revision=revision, on=today())
    if saved(request, form, lambda: _correct(request, revision, form), PLAN.is_corrected):
        return redirect("plan_detail", public_id=revision.enrolment.public_id)
    if revision.taken_back and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, revision, PLAN)
    context = {"form": form, "revision": revision, "enrolment": revision.enrolment}
    return render(request, "actionplans/corrected_plans/revision_edit.html", context)


def _correct(request: Request, revision: PlanRevision, form: RevisionEditForm) -> UUID:
    return correct_revision(revision=revision, correction=form.correction(), by=request.user).public_id


def _reach(revision: PlanRevision) -> dict[str, Any]:
    """Whether the revision is the newest of the plan, and the last of those that were built on it."""
    newest = latest_revision(revision.enrolment)
    return {"newest": newest, "is_newest": newest == revision, "last": built_on(revision)[-1]}


revision_take_back, revision_misplaced = amend_pages(
    PlanRevision,
    PLAN,
    revision_facts,
    "actionplans/corrected_plans/revision",
    take_back=lambda revision, **asked: take_back_revision(revision=revision, **asked),
    earlier=PLAN_EARLIER,
    put_right=lambda revision, **asked: put_plan_right(revision=revision, **asked),
    context=_reach,
)
