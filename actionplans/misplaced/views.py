"""The page that puts right a meeting that was written on the wrong person."""

from django.http import HttpResponse

from actionplans.meetings.corrections import MEETING
from actionplans.misplaced.actions import put_meeting_right
from actionplans.models import Meeting
from participants.amending.pages import misplaced_page
from participants.guards import case_page
from participants.http import Request
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS, of=Meeting, shared=True)
def meeting_misplaced(request: Request, meeting: Meeting) -> HttpResponse:
    """Page that moves a meeting to the right person, or takes it away. Raises PermissionDenied for others than its
    author and coordinators."""
    return misplaced_page(
        request,
        meeting,
        lambda right: put_meeting_right(meeting=meeting, right=right, by=request.user),
        noun=MEETING,
        template="actionplans/misplaced/meeting_misplaced.html",
        context={"judged": meeting.judged()},
    )
