"""What tests about cases write: a plan, a meeting, a judgement, by the program's own actions."""

from datetime import date, timedelta

from accounts.models import User
from actionplans.enums import CriterionOutcome, MeetingKind, Outcome
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import Meeting, PlanRevision
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.steps.judgement import Answer, StepJudgement
from actionplans.weeks.entries import Week
from core.days.dates import today
from participants.changes import enrolments_changed
from participants.models import Enrolment
from projects.actions import ladder_on

# The week of a plan, 16 hours.
AGREED = Week.of("\n".join(f"{day} 9.00–13.00" for day in ("Måndag", "Tisdag", "Onsdag", "Torsdag")))


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def started(enrolment: Enrolment, days: int) -> Enrolment:
    """The enrolment as if it had begun so many days ago."""
    day = days_ago(days)
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_on=day)
    enrolment.entries.update(concerns_on=day)
    enrolments_changed([enrolment.pk])
    enrolment.refresh_from_db()
    return enrolment


def with_days(enrolment: Enrolment, **days: date | None) -> Enrolment:
    """The enrolment as if its facts had given it these days."""
    Enrolment.objects.filter(pk=enrolment.pk).update(**days)
    enrolments_changed([enrolment.pk])
    enrolment.refresh_from_db()
    return enrolment


def plan(enrolment: Enrolment, by: User, *, based_on: int = 0, **answers: object) -> PlanRevision:
    """A complete plan unless something is left out."""
    said = {
        "valid_on": today(),
        "main_activity": "Återbruket, 20 timmar",
        "week": AGREED,
        "next_follow_up_on": today() + timedelta(days=14),
        "milestones": [MilestoneRecord(text="Göra klart cv", due_on=today() + timedelta(days=30))],
    }
    return save_plan(enrolment=enrolment, record=PlanRecord(**{**said, **answers}), based_on=based_on, by=by)


def met(enrolment: Enrolment, by: User, held_on: date, *, clears: int | None = None, **answers: object) -> Meeting:
    """A follow-up, with a step cleared that day where one is named."""
    said = {"kind": MeetingKind.FOLLOW_UP, "held_on": held_on, "text": "Trivs och kommer i tid.", "users": [by]}
    if clears:
        said["judgement"] = cleared(enrolment, clears, held_on)
    return log_meeting(enrolment=enrolment, record=MeetingRecord(**{**said, **answers}), by=by)


def cleared(enrolment: Enrolment, number: int, on: date) -> StepJudgement:
    """All criteria met."""
    step = ladder_on(enrolment.project, enrolment.enrolled_on).steps.get(number=number)
    answers = {
        criterion.pk: Answer(CriterionOutcome.MET, supervisor="Handledaren") for criterion in step.criteria.all()
    }
    highest = number == 5
    return StepJudgement(
        step=step,
        outcome=Outcome.CLEARED,
        cleared_on=on,
        answers=answers,
        other_support=None if number < 4 else not highest,
    )
