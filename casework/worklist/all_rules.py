"""All rules of the work list. A new rule is a file in `rules/`, and a line here."""

from typing import Final

from casework.worklist.rules.assessment import AssessmentRule
from casework.worklist.rules.contact import ContactRule
from casework.worklist.rules.plan import PlanRule
from casework.worklist.rules.rule import WorkRule
from casework.worklist.rules.step import StepDayRule

# Tasks of one case with one day are shown in this order.
RULES: Final[tuple[WorkRule, ...]] = (AssessmentRule(), PlanRule(), ContactRule(), StepDayRule())
