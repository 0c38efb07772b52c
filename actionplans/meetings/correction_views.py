"""Pages that put a meeting right: its facts corrected, and the whole meeting taken back."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from actionplans.meetings.correction_forms import MeetingEditForm, MeetingTakeBackForm
from actionplans.meetings.corrections import TAKEN_BACK, correct_meeting, may_take_back, take_back_meeting
from actionplans.models import Meeting
from core.days.dates import today
from core.drafts.closed import closed_page
from core.forms.saving import saved
from core.swedish.words import day
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.scope.ways import Way
from projects.enums import Permission


@case_page(Permission.EDIT_CASE, of=Meeting, shared=True)
def meeting_edit(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that corrects everything that a meeting says but its note."""
    if meeting.taken_back and request.method != "POST":
        return _gone(request, meeting)
    form = MeetingEditForm(request.POST or None, meeting=meeting, user=request.user, on=today())
    if made := saved(
        request,
        form,
        lambda: correct_meeting(meeting=meeting, correction=form.correction(), by=request.user).public_id,
    ):
        messages.success(request, "Mötet är rättat. Den förra versionen finns kvar i historiken.")
        return redirect("meeting_detail", public_id=made)
    context = {"form": form, "meeting": meeting, "enrolment": meeting.enrolment}
    return render(request, "actionplans/meetings/meeting_edit.html", context)


@case_page(Permission.SEE_PERSONS, of=Meeting, shared=True)
def meeting_take_back(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that takes a whole meeting back. Raises PermissionDenied for others than its author and coordinators."""
    enrolment = cast(Enrolment, meeting.enrolment)
    if enrolment.way is Way.EMERGENCY or not may_take_back(request.user, meeting, enrolment):
        raise PermissionDenied
    if meeting.taken_back and request.method != "POST":
        return _gone(request, meeting)
    form = MeetingTakeBackForm(request.POST or None, meeting=meeting)
    if saved(
        request,
        form,
        lambda: take_back_meeting(meeting=meeting, reason=form.cleaned_data["reason"], by=request.user).public_id,
    ):
        messages.success(request, f"Mötet {day(meeting.concerns_on)} är återtaget och räknas inte längre.")
        return redirect(enrolment)
    context = {"form": form, "meeting": meeting, "enrolment": enrolment, "judged": meeting.judged()}
    return render(request, "actionplans/meetings/meeting_take_back.html", context)


def _gone(request: Request, meeting: Meeting) -> HttpResponse:
    """Somebody was faster, or the form was sent twice. What the user typed here and couldn't save is shown."""
    messages.info(request, TAKEN_BACK)
    return closed_page(request, cast(Enrolment, meeting.enrolment))
