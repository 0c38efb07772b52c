"""Step assessments: added, or withdrawn when they were a mistake."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.access_log import log_change
from accounts.models import User
from actionplans.enums import Outcome
from actionplans.judgement import StepJudgement
from actionplans.models import CriterionResult, Meeting, StepAssessment, StepClock
from core.actions import action
from core.facts import supersede
from core.models import TextBody
from participants.actions import enrolments_changed
from participants.models import Enrolment


@action
def assess_step(
    *, enrolment: Enrolment, judgement: StepJudgement, assessed_on: date, meeting: Meeting | None, by: User
) -> StepAssessment:
    """Write a judgement of a step, made at a meeting, with the answers that supported it.

    Raises ValidationError by field where the judgement doesn't hold (see StepJudgement.faults).
    """
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("participant").get(pk=enrolment.pk)
    faults = judgement.faults(
        assessed_on=assessed_on,
        enrolled_on=locked.enrolled_on,
        exited_on=locked.exited_on,
        holds=holds_step(locked, judgement.step.number),
    )
    if faults:
        raise ValidationError(faults)
    fact = StepAssessment.objects.create(
        enrolment=locked,
        meeting=meeting,
        step=judgement.step,
        concerns_on=assessed_on,
        outcome=judgement.outcome,
        cleared_on=judgement.cleared_on if judgement.outcome == Outcome.CLEARED else None,
        proposal=judgement.proposal if judgement.outcome != Outcome.LOST else "",
        other_support=judgement.other_support,
        departure=_text(judgement.departure),
        late_reason=_text(judgement.late_reason),
        owner=locked.owner,
        recorded_by=by,
    )
    _write_results(fact, judgement)
    enrolments_changed([locked.pk])
    log_change(by=by, part="step_assess", persons=[locked.participant.public_id])
    return fact


@action
def withdraw_assessment(*, assessment: StepAssessment, reason: str, by: User) -> None:
    """Take back an assessment that was wrong: it stays in history, superseded, and counts no longer.

    The reason stands in a "not yet" assessment that corrects it, so that the correction is seen in the timeline.
    """
    supersede(assessment)
    StepAssessment.objects.create(
        enrolment=assessment.enrolment,
        step=assessment.step,
        concerns_on=assessment.concerns_on,
        outcome=Outcome.NOT_CLEARED,
        departure=_text(reason),
        corrects=assessment,
        owner=assessment.owner,
        recorded_by=by,
    )
    enrolments_changed([assessment.enrolment_id])
    log_change(by=by, part="step_withdraw", persons=[assessment.enrolment.participant.public_id])


def holds_step(enrolment: Enrolment, step_number: int) -> bool:
    """Whether the step is cleared and not lost, by all that is known."""
    return StepClock.objects.filter(enrolment=enrolment, step_number=step_number, holds_now=True).exists()


def _write_results(fact: StepAssessment, judgement: StepJudgement) -> None:
    CriterionResult.objects.bulk_create(
        CriterionResult(
            assessment=fact,
            criterion_id=criterion,
            outcome=answer.outcome,
            why=_text(answer.why),
            supervisor=_text(answer.supervisor),
        )
        for criterion, answer in judgement.answers.items()
    )


def _text(text: str) -> TextBody | None:
    return TextBody.objects.write(text.strip()) if text.strip() else None
