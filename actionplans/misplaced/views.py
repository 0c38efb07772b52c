"""The page that puts right a meeting that was written on the wrong person."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.meetings.corrections import may_take_back
from actionplans.misplaced.actions import put_meeting_right
from actionplans.models import Meeting
from actionplans.shared_facts import whose_meeting
from core.forms.saving import saved
from participants.guards import case_page
from participants.http import Request
from participants.misplaced.cases import right_cases
from participants.misplaced.forms import MisplacedForm
from participants.models import Enrolment
from participants.scope.ways import Way
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, of=Meeting, shared=True)
def meeting_misplaced(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that moves a meeting to the right person, or takes it away. Raises PermissionDenied for others than its
    author and coordinators."""
    enrolment = cast(Enrolment, meeting.enrolment)
    if enrolment.way is Way.EMERGENCY or not may_take_back(request.user, meeting, enrolment):
        raise PermissionDenied
    cases = list(right_cases(request.scope, enrolment))
    request.access.declare([case.participant for case in cases])
    form = MisplacedForm(request.POST or None, cases=cases, shared=whose_meeting(meeting))
    if saved(
        request,
        form,
        lambda: put_meeting_right(meeting=meeting, right=form.right_case, by=request.user).public_id,
        "Mötet står inte längre här. I historiken står att något har stått på fel person.",
    ):
        return redirect(enrolment)
    context = {"form": form, "meeting": meeting, "enrolment": enrolment, "judged": meeting.judged()}
    return render(request, "actionplans/misplaced/meeting_misplaced.html", context)
