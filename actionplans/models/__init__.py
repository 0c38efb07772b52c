"""Plans, meetings, step assessments and what is derived from them."""

from actionplans.models.activity import CaseActivity
from actionplans.models.meeting import Meeting, MeetingParagraph, MeetingParty
from actionplans.models.plan import ActionPlan, Milestone, MilestoneStatus, PlanRevision
from actionplans.models.register import ImportBatch, ImportedRow
from actionplans.models.signature import PlanSignature
from actionplans.models.step import CriterionResult, StepAssessment
from actionplans.models.step_clock import StepClock
from actionplans.models.workplace import WorkplaceSheet

__all__ = [
    "ActionPlan",
    "CaseActivity",
    "CriterionResult",
    "ImportBatch",
    "ImportedRow",
    "Meeting",
    "MeetingParagraph",
    "MeetingParty",
    "Milestone",
    "MilestoneStatus",
    "PlanRevision",
    "PlanSignature",
    "StepAssessment",
    "StepClock",
    "WorkplaceSheet",
]
