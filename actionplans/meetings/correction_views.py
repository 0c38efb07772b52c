"""Pages that put a meeting right: its facts corrected, and the whole meeting taken back."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render

from actionplans.meetings.correction_forms import MeetingEditForm, meeting_facts
from actionplans.meetings.corrections import MEETING, correct_meeting, take_back_meeting
from actionplans.meetings.views import to_meeting
from actionplans.models import Meeting
from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import gone, take_back_page
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=Meeting, shared=True)
def meeting_edit(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that corrects everything that a meeting says but its note."""
    if meeting.taken_back and request.method != "POST":
        return gone(request, meeting, MEETING)
    form = MeetingEditForm(request.POST or None, meeting=meeting, user=request.user, on=today())
    if made := saved(
        request,
        form,
        lambda: correct_meeting(meeting=meeting, correction=form.correction(), by=request.user).public_id,
        MEETING.is_corrected,
    ):
        return to_meeting(request, made, cast(Enrolment, meeting.enrolment))
    context = {"form": form, "meeting": meeting, "enrolment": meeting.enrolment}
    return render(request, "actionplans/meetings/meeting_edit.html", context)


@case_page(Permission.SEE_PERSONS, of=Meeting, shared=True)
def meeting_take_back(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that takes a whole meeting back. Raises PermissionDenied for others than its author and coordinators."""
    return take_back_page(
        request,
        meeting,
        lambda reason: take_back_meeting(meeting=meeting, reason=reason, by=request.user),
        noun=MEETING,
        shared=meeting_facts(meeting),
        template="actionplans/meetings/meeting_take_back.html",
        context={"judged": meeting.judged()},
    )
