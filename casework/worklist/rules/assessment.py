"""A case without kartläggning."""

from casework.worklist.rules.rule import DeadlineRule
from participants.enrolment.deadlines import Awaited


class AssessmentRule(DeadlineRule):
    """A case that needs its kartläggning within the project's number of days."""

    awaited = Awaited.ASSESSMENT
    action = "Skriv in"
    url_name = "assessment_create"
