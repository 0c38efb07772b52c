"""The page that marks a delmål, reached from the case and from the plan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.corrected_plans.milestones import MILESTONE
from actionplans.enums import MilestoneState
from actionplans.marking.actions import mark_milestone
from actionplans.marking.forms import MarkForm
from actionplans.models import MilestoneStatus
from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import gone
from participants.guards import case_page
from participants.http import Request
from projects.enums import Permission

# In the address of who comes from the case, and goes back there.
FROM_CASE = "arende"
_NOW = {
    MilestoneState.REACHED: "är nått.",
    MilestoneState.UNDER_WAY: "pågår.",
    MilestoneState.DROPPED: "är struket.",
}


@case_page(Permission.EDIT_CASE, of=MilestoneStatus)
def milestone_mark(request: Request, status: MilestoneStatus) -> HttpResponse:
    """Page that marks a delmål as under way, reached or dropped from a day on."""
    if not status.stands and request.method != "POST":
        return gone(request, status, MILESTONE)
    form = MarkForm(request.POST or None, status=status, state=request.POST.get("do", ""), on=today())
    back = status.enrolment if request.GET.get("fran") == FROM_CASE else status
    if saved(request, form, lambda: _mark(request, status, form), lambda _: _receipt(form)):
        return redirect(back)
    if not status.stands and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, status, MILESTONE)
    context = {"form": form, "status": status, "enrolment": status.enrolment, "back": back.get_absolute_url()}
    return render(request, "actionplans/marking/milestone_mark.html", context)


def _mark(request: Request, status: MilestoneStatus, form: MarkForm) -> UUID:
    return mark_milestone(status=status, mark=form.mark(), by=request.user).public_id


def _receipt(form: MarkForm) -> str:
    return f"«{form.status.text}» {_NOW[MilestoneState(form.state)]}"
