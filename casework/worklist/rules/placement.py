"""A case without placement."""

from casework.worklist.rules.rule import DeadlineRule
from participants.enrolment.deadlines import Awaited


class PlacementRule(DeadlineRule):
    """A case that needs its first placement within the project's number of workdays."""

    awaited = Awaited.PLACEMENT
    action = "Ny placering"
    url_name = "placement_create"
