"""Writes a register's plans and steps, in bulk. Imported steps are assessments without criteria."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import User
from actionplans.enums import Origin, Outcome
from actionplans.models import ActionPlan, PlanRevision, StepAssessment
from actionplans.register.reading.findings import RegisterRow
from core.batches import IN_A_QUESTION, bulk
from core.models import TextBody
from participants.models import Enrolment
from projects.models import Ladder, Project, Step

Pairs = Sequence[tuple[RegisterRow, Enrolment]]


def write_plans(pairs: Pairs, by: User) -> None:
    """Write a revision of the plan for each row with a plan day or a placement. Only one with a day is complete and so
    counts."""
    planned = [(row, enrolment) for row, enrolment in pairs if row.planned_on or row.placement]
    plans = bulk(ActionPlan, [ActionPlan(enrolment=enrolment) for _, enrolment in planned])
    texts = iter(TextBody.objects.create_all([row.placement for row, _ in planned if row.placement]))
    bulk(
        PlanRevision,
        [
            PlanRevision(
                enrolment=enrolment,
                plan=plan,
                number=1,
                concerns_on=row.planned_on or row.enrolled_on,
                main_activity=next(texts) if row.placement else None,
                is_complete=row.planned_on is not None,
                is_imported=True,
                owner_id=enrolment.owner_id,
                recorded_by=by,
            )
            for (row, enrolment), plan in zip(planned, plans, strict=True)
        ],
    )
    for row, enrolment in planned:
        if row.planned_on:
            enrolment.planned_on = row.planned_on
            enrolment.next_contact_on = row.planned_on + timedelta(days=enrolment.project.first_follow_up_days)
    Enrolment.objects.bulk_update(
        [enrolment for _, enrolment in planned], ["planned_on", "next_contact_on"], batch_size=IN_A_QUESTION
    )


def write_steps(pairs: Pairs, project: Project, by: User) -> None:
    """Write an assessment for each cleared step, on the day when it was cleared."""
    ladders = [
        (ladder.valid_from, {step.number: step for step in ladder.steps.all()})
        for ladder in Ladder.objects.filter(project=project).current().prefetch_related("steps")
    ]
    bulk(
        StepAssessment,
        [
            StepAssessment(
                enrolment=enrolment,
                step=_step(ladders, row.enrolled_on, number),
                concerns_on=cleared_on,
                cleared_on=cleared_on,
                outcome=Outcome.CLEARED,
                origin=Origin.REGISTER,
                owner_id=enrolment.owner_id,
                recorded_by=by,
            )
            for row, enrolment in pairs
            for number, cleared_on in row.cleared
        ],
    )


def _step(ladders: Sequence[tuple[date, dict[int, Step]]], day: date, number: int) -> Step:
    begun = [steps for valid_from, steps in ladders if valid_from <= day] or [ladders[0][1]]
    return begun[-1][number]
