"""Pages that put a plan right: corrected, taken back, or moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.corrected_plans.actions import PLAN, correct_revision, take_back_revision
from actionplans.corrected_plans.forms import RevisionEditForm
from actionplans.corrected_plans.shared_facts import revision_facts
from actionplans.misplaced.plans import built_on, put_plan_right
from actionplans.models import PlanRevision
from actionplans.plans.next_contact import latest_revision
from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import gone, misplaced_page, take_back_page
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
    context = {"form": form, "revision": revision, "enrolment": revision.enrolment}
    return render(request, "actionplans/corrected_plans/revision_edit.html", context)


def _correct(request: Request, revision: PlanRevision, form: RevisionEditForm) -> UUID:
    return correct_revision(revision=revision, correction=form.correction(), by=request.user).public_id


@case_page(Permission.SEE_PERSONS, of=PlanRevision)
def revision_take_back(request: Request, revision: PlanRevision) -> HttpResponse:
    """Page that takes the newest revision back. Raises PermissionDenied for others than its author and coordinators."""
    newest = latest_revision(revision.enrolment)
    return take_back_page(
        request,
        revision,
        lambda reason: take_back_revision(revision=revision, reason=reason, by=request.user),
        noun=PLAN,
        shared=revision_facts(revision),
        template="actionplans/corrected_plans/revision_take_back.html",
        context={"newest": newest, "is_newest": newest == revision},
    )


@case_page(Permission.SEE_PERSONS, of=PlanRevision)
def revision_misplaced(request: Request, revision: PlanRevision) -> HttpResponse:
    """Page that moves a revision, and those that were built on it, to the right person, or takes them away. Raises
    PermissionDenied for others than its author and coordinators."""
    return misplaced_page(
        request,
        revision,
        lambda right: put_plan_right(revision=revision, right=right, by=request.user),
        noun=PLAN,
        template="actionplans/corrected_plans/revision_misplaced.html",
        context={"last": built_on(revision)[-1]},
    )
