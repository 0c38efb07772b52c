"""The page that puts right a meeting that was written on the wrong person."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.meetings.corrections import may_take_back
from actionplans.misplaced.actions import put_meeting_right
from actionplans.models import Meeting
from core.forms.concurrency import Shared
from core.forms.saving import saved
from participants.guards import case_page
from participants.http import Request
from participants.misplaced.cases import right_cases
from participants.misplaced.forms import MisplacedForm
from participants.models import Enrolment, Misplacement
from participants.shared_facts import of_case, written
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=Meeting, shared=True)
def meeting_misplaced(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that moves a meeting to the right person, or takes it away. Raises PermissionDenied for others than its
    author and coordinators."""
    enrolment = cast(Enrolment, meeting.enrolment)
    if not may_take_back(request.user, meeting, enrolment):
        raise PermissionDenied
    cases = list(right_cases(request.scope, enrolment))
    request.access.declare([case.participant for case in cases])
    form = MisplacedForm(request.POST or None, cases=cases, shared=_whose(meeting))
    if saved(
        request,
        form,
        lambda: put_meeting_right(meeting=meeting, right=form.right_case, by=request.user).public_id,
    ):
        messages.success(request, "Mötet står inte längre här. I historiken står att något har stått på fel person.")
        return redirect(enrolment)
    context = {"form": form, "meeting": meeting, "enrolment": enrolment, "judged": meeting.judged()}
    return render(request, "actionplans/misplaced/meeting_misplaced.html", context)


def _whose(meeting: Meeting) -> Shared:
    """The person that the meeting stands on, and whether it does."""
    rows = Meeting.objects.placed().filter(pk=meeting.pk).select_related("enrolment__participant__identity")

    def read() -> Mapping[str, Any]:
        row = rows.all().first()
        return {"Mötet står på": str(cast(Enrolment, row.enrolment).participant.identity)} if row else {}

    marks = Misplacement.objects.filter(enrolment=meeting.enrolment_id).select_related("recorded_by").order_by("-pk")
    return Shared([of_case(cast(Enrolment, meeting.enrolment))], read, lambda: written(marks.first()))
