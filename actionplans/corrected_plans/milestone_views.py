"""Pages that put a delmål right: corrected, taken back, or moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.corrected_plans.forms import MilestoneEditForm
from actionplans.corrected_plans.milestones import MILESTONE, correct_milestone, take_back_milestone
from actionplans.corrected_plans.shared_facts import milestone_facts
from actionplans.misplaced.plans import MILESTONE_EARLIER, put_milestone_right
from actionplans.models import MilestoneStatus
from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import amend_pages, gone, is_theirs
from participants.guards import case_page
from participants.http import Request
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=MilestoneStatus)
def milestone_edit(request: Request, status: MilestoneStatus) -> HttpResponse:
    """Page that corrects what is said of a delmål."""
    if not status.stands and request.method != "POST":
        return gone(request, status, MILESTONE)
    form = MilestoneEditForm(request.POST or None, status=status, on=today())
    if saved(request, form, lambda: _correct(request, status, form), MILESTONE.is_corrected):
        return redirect("plan_detail", public_id=status.enrolment.public_id)
    if not status.stands and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, status, MILESTONE)
    context = {
        "form": form,
        "status": status,
        "enrolment": status.enrolment,
        "noun": MILESTONE,
        "is_theirs": is_theirs(request, status),
    }
    return render(request, "actionplans/corrected_plans/milestone_edit.html", context)


def _correct(request: Request, status: MilestoneStatus, form: MilestoneEditForm) -> UUID:
    return correct_milestone(status=status, correction=form.correction(), by=request.user).public_id


milestone_take_back, milestone_misplaced = amend_pages(
    MilestoneStatus,
    MILESTONE,
    milestone_facts,
    "actionplans/corrected_plans/milestone",
    take_back=lambda status, **asked: take_back_milestone(status=status, **asked),
    earlier=MILESTONE_EARLIER,
    put_right=lambda status, **asked: put_milestone_right(status=status, **asked),
)
