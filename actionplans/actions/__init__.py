"""Writes about plans, meetings and steps."""

from actionplans.meetings.actions import MeetingRecord, correct_paragraph, log_meeting
from actionplans.plans.actions import MilestoneRecord, PlanRecord, missing_parts, save_plan
from actionplans.steps.actions import assess_step, withdraw_assessment

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
