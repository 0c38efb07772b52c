"""Step assessments: added, or withdrawn when they were a mistake."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, DateField, QuerySet

from accounts.log.access import log_change
from accounts.models import User
from actionplans.enums import Outcome
from actionplans.models import CriterionResult, Meeting, StepAssessment, StepClock
from actionplans.steps.judgement import StepJudgement
from actionplans.steps.to_judge import judgements_changed
from core.actions import action, stamp
from core.facts import supersede
from core.models import TextBody
from core.prepared.questions import prepared
from core.prepared.writes import insert
from participants.locking import lock_case
from participants.models import Enrolment

WITHDRAWN = "Bedömningen är redan återtagen."


@action
def assess_step(
    *, enrolment: Enrolment, judgement: StepJudgement, assessed_on: date, meeting: Meeting | None, by: User
) -> StepAssessment:
    """Write a judgement of a step, made at a meeting, with the answers that supported it.

    Raises ValidationError where the judgement doesn't hold: for `outcome`, `cleared_on`, `late_reason`, `departure`,
    `other_support` and the fields of the criteria (`criterion_`, `why_` and `supervisor_` with the criterion's number).
    """
    locked = lock_case(enrolment)
    fact = write_assessment(locked, judgement, assessed_on, meeting, by)
    log_change(by=by, part="step_assess", persons=[locked.participant.public_id])
    return fact


def write_assessment(
    locked: Enrolment, judgement: StepJudgement, assessed_on: date, meeting: Meeting | None, by: User
) -> StepAssessment:
    """Part of an action that has locked the enrolment, and that logs what it writes.

    Raises ValidationError for `outcome`, `cleared_on`, `late_reason`, `departure`, `other_support` and the fields of
    the criteria (`criterion_`, `why_` and `supervisor_` with the criterion's number).
    """
    faults = judgement.faults(
        assessed_on=assessed_on,
        enrolled_on=locked.enrolled_on,
        exited_on=locked.exited_on,
        holds=holds_step(locked, judgement.step.number, assessed_on),
    )
    if faults:
        raise ValidationError(faults)
    fact = StepAssessment(
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
        owner_id=locked.owner_id,
        recorded_by=by,
    )
    insert([fact])
    _write_results(fact, judgement)
    judgements_changed([locked])
    return fact


@action
def withdraw_assessment(*, assessment: StepAssessment, reason: str, by: User) -> StepAssessment:
    """Take back an assessment that was wrong: it stays in history, superseded, and counts no longer.

    The reason stands in a fact that names it and is itself superseded from the first moment: the timeline shows it,
    and no figure, at any moment, takes it for an assessment. Raises ValidationError for the form
    where it is already taken back.
    """
    enrolment = lock_case(assessment.enrolment)
    if not StepAssessment.objects.current().filter(pk=assessment.pk).exists():
        raise ValidationError(WITHDRAWN)
    supersede(assessment)
    fact = StepAssessment.objects.create(
        enrolment=enrolment,
        meeting_id=assessment.meeting_id,
        step=assessment.step,
        concerns_on=assessment.concerns_on,
        outcome=Outcome.NOT_CLEARED,
        departure=_text(reason),
        corrects=assessment,
        superseded_at=stamp(),
        owner_id=assessment.owner_id,
        recorded_by=by,
    )
    judgements_changed([enrolment])
    log_change(by=by, part="step_withdraw", persons=[enrolment.participant.public_id])
    return fact


def redate_assessment(assessment: StepAssessment, before: date, after: date, locked: Enrolment, by: User) -> None:
    """Write a judgement anew when its meeting's day, `before`, is corrected to `after`; part of an action that has
    locked the case.

    A step cleared on the meeting's day is cleared on the new one. Raises ValidationError for `held_on` where the
    judgement can't be of that day.
    """
    cleared_on = after if assessment.cleared_on == before else assessment.cleared_on
    if after < locked.enrolled_on or (cleared_on and cleared_on < locked.enrolled_on):
        raise ValidationError({"held_on": "Ett steg kan inte bedömas före inskrivningen."})
    if cleared_on and cleared_on > after:
        raise ValidationError({"held_on": "Ett steg är klarat efter den dagen. Ta tillbaka bedömningen först."})
    if cleared_on and locked.exited_on and cleared_on > locked.exited_on:
        raise ValidationError({"held_on": "Steget kan inte vara klarat efter avslutet."})
    rewrite_assessment(assessment, by, concerns_on=after, cleared_on=cleared_on)
    judgements_changed([locked])


def rewrite_assessment(assessment: StepAssessment, by: User, **changed: object) -> StepAssessment:
    """A new version of a judgement in which some columns are changed, with the same answers to the criteria."""
    supersede(assessment)
    same = ("concerns_on", "cleared_on", "outcome", "proposal", "other_support", "origin")
    keys = ("enrolment_id", "meeting_id", "step_id", "owner_id", "departure_id", "late_reason_id")
    copied = {name: getattr(assessment, name) for name in (*same, *keys)}
    new = StepAssessment.objects.create(
        **{**copied, "first_id": assessment.first_id or assessment.pk, "recorded_by": by, **changed}
    )
    CriterionResult.objects.bulk_create(
        CriterionResult(
            assessment=new,
            criterion_id=result.criterion_id,
            outcome=result.outcome,
            why_id=result.why_id,
            supervisor_id=result.supervisor_id,
        )
        for result in assessment.results.order_by("pk")
    )
    return new


def holds_step(enrolment: Enrolment, step_number: int, on: date) -> bool:
    """Whether the step is cleared since the day or earlier, and not lost, by all that is known."""
    return bool(_held.ask(step_number, enrolment=enrolment.pk, on=on))


@prepared(enrolment=BigIntegerField(), on=DateField())
def _held(step: int, *, enrolment: Any, on: Any) -> QuerySet[StepClock, Any]:
    clocks = StepClock.objects.filter(enrolment=enrolment, step_number=step, holds_now=True)
    return clocks.filter(cleared_on__lte=on).values_list("pk")


def _write_results(fact: StepAssessment, judgement: StepJudgement) -> None:
    insert(
        [
            CriterionResult(
                assessment=fact,
                criterion_id=criterion,
                outcome=answer.outcome,
                why=_text(answer.why),
                supervisor=_text(answer.supervisor),
            )
            for criterion, answer in judgement.answers.items()
        ]
    )


def _text(text: str) -> TextBody | None:
    return TextBody.objects.write(text.strip()) if text.strip() else None
