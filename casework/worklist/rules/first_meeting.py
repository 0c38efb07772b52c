"""A case without a first personal meeting."""

from casework.worklist.rules.rule import DeadlineRule
from participants.enrolment.deadlines import Awaited


class FirstMeetingRule(DeadlineRule):
    """A case that needs its first personal meeting within the project's number of days from the application."""

    awaited = Awaited.FIRST_MEETING
    action = "Nytt möte"
    url_name = "meeting_create"
