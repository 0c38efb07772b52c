"""What sets step clocks, by chance: steps judged and withdrawn, days corrected, exits, wrong registrations, targets."""

import random
from datetime import date, timedelta

from actionplans.enums import CriterionOutcome, Outcome
from actionplans.models import StepAssessment, StepClock
from actionplans.steps.actions import assess_step, withdraw_assessment
from actionplans.steps.judgement import Answer, StepJudgement
from core.days.dates import today
from participants.enrolment.actions import correct_enrolment
from participants.enums import ExitReason, ReferralSource
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.models import Enrolment
from projects.actions import change_targets, ladder_on
from projects.ladder.ladders import load_template

C, N, L = Outcome.CLEARED, Outcome.NOT_CLEARED, Outcome.LOST


def happen(world, chance: random.Random) -> None:
    """One of the things that set clocks, where it can be."""
    enrolment = Enrolment.objects.get(pk=chance.choice([world.enrolment.pk, world.unassigned.pk]))
    last = min(enrolment.exited_on or today(), today())
    day = enrolment.enrolled_on + timedelta(days=chance.randrange((last - enrolment.enrolled_on).days + 1))
    what = chance.randrange(10)
    if what < 4:
        _assess_somehow(world, enrolment, chance, day)
    elif what == 4 and enrolment.exited_on is None:
        if not enrolment.step_assessments.current().filter(cleared_on__gt=day).exists():
            reason = chance.choice([ExitReason.WORK, ExitReason.PROJECT_ENDED, ExitReason.MOVED])
            end_enrolment(enrolment=enrolment, exited_on=day, reason=reason, by=world.case_worker)
    elif what == 5 and enrolment.exited_on:
        reopen_enrolment(enrolment=enrolment, by=world.case_worker)
    elif what == 6:
        _move_start(world, enrolment, chance)
    elif what == 7:
        _withdraw_one(world, enrolment, chance)
    elif what == 8:
        _correct(world, enrolment, enrolment.enrolled_on, is_void=not enrolment.is_void)
    elif what == 9:
        _decide_targets(world, chance)


def _assess_somehow(world, enrolment, chance, day) -> None:
    clocks = StepClock.objects.filter(enrolment=enrolment, holds_now=True, cleared_on__lte=day)
    held = list(clocks.values_list("step_number", flat=True))
    outcome = chance.choice([C, C, N, L])
    if outcome == L and not held:
        return
    number = chance.choice(held) if outcome == L else chance.randrange(1, 6)
    assess(world, number, outcome, day, enrolment=enrolment)


def _move_start(world, enrolment, chance) -> None:
    first = enrolment.step_assessments.current().exclude(cleared_on=None).order_by("cleared_on").first()
    new = enrolment.enrolled_on - timedelta(days=chance.randrange(-20, 20))
    if new > today() or (first and new > first.cleared_on) or (enrolment.exited_on and new > enrolment.exited_on):
        return
    _correct(world, enrolment, new, is_void=enrolment.is_void)


def _correct(world, enrolment, enrolled_on, *, is_void) -> None:
    source = ReferralSource.SOCIAL_SERVICES
    said = {"source": source, "applied_on": None, "referred_on": None, "is_void": is_void}
    correct_enrolment(enrolment=enrolment, enrolled_on=enrolled_on, by=world.case_worker, **said)


def _decide_targets(world, chance) -> None:
    """Anew from the first day or a later one: other months, and the exclusive two together or apart."""
    targets = load_template("model")["targets"]
    for target in targets:
        target["months"] += chance.choice([0, 0, 1])
        target["counts_higher"] = chance.random() < 0.7
    if chance.random() < 0.3:
        targets[3]["months"] = targets[4]["months"] - 3
    valid_from = chance.choice([date(2025, 1, 1), date(2026, 2, 1)])
    change_targets(project=world.project, valid_from=valid_from, targets=targets, by=world.project_leader)


def _withdraw_one(world, enrolment, chance) -> None:
    current = list(enrolment.step_assessments.current())
    if current:
        withdraw_assessment(assessment=chance.choice(current), reason="Fel.", by=world.case_worker)


def assess(world, number: int, outcome: Outcome, day: date, *, enrolment=None) -> StepAssessment:
    enrolment = enrolment or world.enrolment
    step = ladder_on(enrolment.project, enrolment.enrolled_on).steps.get(number=number)
    answers = {criterion.pk: Answer(CriterionOutcome.MET, supervisor="Kim") for criterion in step.criteria.all()}
    judgement = StepJudgement(
        step=step,
        outcome=outcome,
        cleared_on=day if outcome == C else None,
        answers=answers,
        departure="" if outcome == C else "Vi är överens.",
        other_support=number == 4 if outcome == C and step.self_support else None,
    )
    return assess_step(enrolment=enrolment, judgement=judgement, assessed_on=day, meeting=None, by=world.case_worker)
