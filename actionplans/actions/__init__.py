"""Writes about plans, meetings and steps."""

from actionplans.actions.meetings import MeetingRecord, correct_paragraph, log_meeting
from actionplans.actions.plans import MilestoneRecord, PlanRecord, missing_parts, save_plan
from actionplans.actions.steps import assess_step, withdraw_assessment

__all__ = [
    "MeetingRecord",
    "MilestoneRecord",
    "PlanRecord",
    "assess_step",
    "correct_paragraph",
    "log_meeting",
    "missing_parts",
    "save_plan",
    "withdraw_assessment",
]
