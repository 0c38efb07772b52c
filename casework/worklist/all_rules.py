"""All rules of the work list. A new rule is a file in `rules/`, and a line here."""

from typing import Final

from casework.worklist.rules.assessment import AssessmentRule
from casework.worklist.rules.contact import ContactRule
from casework.worklist.rules.first_meeting import FirstMeetingRule
from casework.worklist.rules.follow_up import FollowUpRule
from casework.worklist.rules.placement import PlacementRule
from casework.worklist.rules.plan import PlanRule
from casework.worklist.rules.rule import WorkRule
from casework.worklist.rules.situation import SituationRule
from casework.worklist.rules.step import StepDayRule

# Tasks of one case with one day are shown in this order.
RULES: Final[tuple[WorkRule, ...]] = (
    FirstMeetingRule(),
    AssessmentRule(),
    PlanRule(),
    PlacementRule(),
    FollowUpRule(),
    ContactRule(),
    StepDayRule(),
    SituationRule(),
)
