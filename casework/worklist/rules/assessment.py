"""A case without kartläggning."""

from django.db.models import Q

from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.enrolment.deadlines import Awaited
from participants.querysets.enrolment import awaits_assessment


class AssessmentRule(DeadlineRule):
    """A case that needs its kartläggning within the project's number of days."""

    awaited = Awaited.ASSESSMENT
    what = "Kartläggning"
    action = "Skriv in"
    url_name = "assessment_create"

    def waits(self, outlook: Outlook) -> Q:
        return awaits_assessment(outlook.project, by=outlook.horizon)
