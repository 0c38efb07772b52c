"""The day that a new plan proposes for its next follow-up."""

from datetime import date, timedelta

from actionplans.models import PlanRevision, StepClock
from core.days.dates import workday, workday_before
from participants.models import Enrolment


def follow_up_proposed(enrolment: Enrolment, revision: PlanRevision | None, on: date) -> tuple[date | None, str]:
    """The day that the plan has already, if it is still to come; else a proposal, and how it came about."""
    if revision and revision.next_follow_up_on and revision.next_follow_up_on > on:
        return revision.next_follow_up_on, ""
    if revision and revision.is_complete:
        return _within_interval(enrolment, on), "Ett förslag inom projektets tid för uppföljning."
    days = enrolment.project.first_follow_up_days
    return workday(on + timedelta(days=days)), f"Ett förslag: den första uppföljningen {days} dagar efter planen."


def _within_interval(enrolment: Enrolment, on: date) -> date:
    """The middle of the project's interval, but no later than the nearest day of a step of the person's own."""
    project = enrolment.project
    day = workday(on + timedelta(days=(project.follow_up_min_days + project.follow_up_max_days) // 2))
    ahead = StepClock.objects.filter(enrolment=enrolment, due_on__gt=on, reached_on=None, target__exclusive=False)
    nearest = ahead.order_by("due_on").values_list("due_on", flat=True).first()
    return min(day, workday_before(nearest)) if nearest else day
