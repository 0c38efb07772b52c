"""Pages that put a meeting right: its facts corrected, all of it taken back, or moved to the right person."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render

from actionplans.meetings.correction_forms import MeetingEditForm, meeting_facts
from actionplans.meetings.corrections import MEETING, correct_meeting, take_back_meeting
from actionplans.meetings.views import to_meeting
from actionplans.misplaced.actions import EARLIER, put_meeting_right
from actionplans.models import Meeting
from core.days.dates import today
from core.forms.saving import saved
from participants.amending.pages import amend_pages, gone
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
    if meeting.taken_back and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, meeting, MEETING)
    context = {"form": form, "meeting": meeting, "enrolment": meeting.enrolment}
    return render(request, "actionplans/meetings/meeting_edit.html", context)


meeting_take_back, meeting_misplaced = amend_pages(
    Meeting,
    MEETING,
    meeting_facts,
    "actionplans/meetings/meeting",
    take_back=lambda meeting, **asked: take_back_meeting(meeting=meeting, **asked),
    earlier=EARLIER,
    put_right=lambda meeting, **asked: put_meeting_right(meeting=meeting, **asked),
    to_others=True,
    context=lambda meeting: {"judged": meeting.judged()},
)
