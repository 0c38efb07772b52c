"""Puts the oracle's cases into the database as facts, and makes random ones."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from accounts.models import Organisation, User
from actionplans.models import ActionPlan, Meeting, PlanRevision, StepAssessment
from actionplans.plans.firsts import refresh_first_days
from actionplans.steps.clock import refresh_clocks
from core.models import TextBody
from participants.models import Assessment, Enrolment, EnrolmentEntry, Exit, Participant, PlacementPeriod
from projects.models import Step
from tests.reports.oracle import ALWAYS, Begun, Case, Done, Judged, Left, Met
from tests.world.factories import OrganisationFactory

MOMENTS = [datetime(2012, month, 1, 12, tzinfo=UTC) for month in (1, 3, 5)]
REASONS = ["work", "moved", "deceased", "illness", "project_ended", "stayed_away"]
SOURCES = ["social_services", "employment_service", "social_insurance", "own_application", "health_care"]


def write(project, cases):
    """Store the cases; gives their enrolments in the same order."""
    steps = {step.number: step for step in Step.objects.filter(ladder__project=project)}
    enrolments = [_enrolment(project, case) for case in cases]
    for case, enrolment in zip(cases, enrolments, strict=True):
        _facts(case, enrolment, steps)
    refresh_clocks([enrolment.pk for enrolment in enrolments])
    refresh_first_days([enrolment.pk for enrolment in enrolments])
    return enrolments


def _now(facts):
    return next((fact for fact in facts if fact.until is None), None)


def _enrolment(project, case):
    begun, left = _now(case.begun), _now(case.left)
    return Enrolment.objects.create(
        participant=Participant.objects.create(organisation=project.host),
        project=project,
        owner=project.host,
        source=begun.source,
        applied_on=begun.applied,
        referred_on=begun.referred,
        enrolled_on=begun.on,
        is_void=begun.void,
        exited_on=left.on if left else None,
        exit_reason=left.reason if left else "",
        assessed_on=min((fact.on for fact in case.assessed if fact.until is None), default=None),
        planned_on=min((fact.on for fact in case.planned if fact.until is None and fact.complete), default=None),
    )


def _facts(case, enrolment, steps):
    base = {"enrolment": enrolment, "owner": enrolment.owner, "recorded_by": User.objects.system()}

    def noted(one):
        return {**base, "recorded_at": one.at, "superseded_at": one.until, "concerns_on": one.on}

    for fact in case.begun:
        EnrolmentEntry.objects.create(
            **noted(fact), source=fact.source, applied_on=fact.applied, referred_on=fact.referred, is_void=fact.void
        )
    for fact in case.left:
        Exit.objects.create(**noted(fact), reason=fact.reason)
    for fact in case.judged:
        StepAssessment.objects.create(
            **noted(fact), step=steps[fact.step], outcome=fact.outcome, cleared_on=fact.cleared
        )
    for fact in case.assessed:
        Assessment.objects.create(**noted(fact))
    for fact in case.met:
        owner = base["owner"] if fact.own else _another_organisation()
        said = {"kind": fact.kind, "participant_present": fact.present, "in_emergency": fact.emergency}
        Meeting.objects.create(**{**noted(fact), "owner": owner}, project=enrolment.project, **said)
    for fact in case.placed:
        said = {"place": TextBody.objects.write("Köket"), "supervisor": base["recorded_by"]}
        PlacementPeriod.objects.create(**noted(fact), **said)
    if case.planned:
        plan = ActionPlan.objects.create(enrolment=enrolment)
        for number, fact in enumerate(case.planned, start=1):
            PlanRevision.objects.create(**noted(fact), plan=plan, number=number, is_complete=fact.complete)


def _another_organisation():
    return Organisation.objects.filter(name="En annan").first() or OrganisationFactory(name="En annan")


def random_case(chance: random.Random) -> Case:
    """Somebody to whom many things may have happened, some of them corrected later."""
    day = date(2010, 9, 1) + timedelta(days=chance.randrange(640))
    if chance.random() < 0.2:
        day = chance.choice([date(2010, 11, 30), date(2010, 12, 31), date(2011, 8, 31), date(2012, 2, 29)])
    begun = Begun(
        on=day,
        source=chance.choice(SOURCES),
        applied=_maybe(chance, day, -40, 5),
        referred=_maybe(chance, day, -30, 5),
        void=chance.random() < 0.05,
    )
    case = Case(begun=_corrected(chance, begun, on=day + timedelta(days=chance.randrange(-20, 1))))
    if chance.random() < 0.5:
        on = day + timedelta(days=chance.choice([0, 5, 13, 14, 15, *range(20, 400, 17)]))
        case.left = _corrected(chance, Left(on=on, reason=chance.choice(REASONS)), reason=chance.choice(REASONS))
    for _ in range(chance.randrange(5)):
        case.judged += _judged(chance, day)
    case.judged.sort(key=lambda fact: fact.at)
    for kind in (case.assessed, case.planned):
        for _ in range(chance.choice([0, 1, 1, 1, 2])):
            done = Done(on=day + timedelta(days=chance.choice([0, 7, 13, 14, 15, 30])), complete=chance.random() < 0.8)
            kind += _corrected(chance, done)
    # By a chance of their own, so that the rest of the worlds stay as they are.
    chance = random.Random(repr(case))
    for _ in range(chance.choice([0, 1, 2, 4])):
        case.met += _corrected(chance, _met(chance, day), on=day + timedelta(days=chance.randrange(40)))
    for _ in range(chance.choice([0, 1, 1, 2])):
        on = day + timedelta(days=chance.choice([*range(14), 30]))
        case.placed += _corrected(chance, Done(on=on), on=on + timedelta(days=chance.randrange(-3, 4)))
    return case


def _met(chance, day):
    kinds = ["first", "follow_up", "multi_party", "phone", "no_show", "coordination"]
    return Met(
        on=day + timedelta(days=chance.choice([0, 3, 7, 13, 14, 15, 21, 27, 28, 29, 44])),
        kind=chance.choice(kinds),
        present=chance.random() < 0.8,
        emergency=chance.random() < 0.1,
        own=chance.random() < 0.9,
    )


def _maybe(chance, day, low, high):
    return day + timedelta(days=chance.randrange(low, high)) if chance.random() < 0.7 else None


def _judged(chance, day):
    step = chance.choice([1, 1, 2, 2, 3, 4, 5])
    on = day + timedelta(days=chance.choice([0, 40, 89, 90, 91, 92, 181, 182, 183, 184, 274, 275, 364, 365, 366]))
    outcome = chance.choice(["cleared", "cleared", "cleared", "not_cleared", "lost"])
    cleared = max(day, on - timedelta(days=chance.randrange(20))) if outcome == "cleared" else None
    return _corrected(chance, Judged(step=step, on=on, outcome=outcome, cleared=cleared))


def _corrected(chance, fact, **changes):
    """Known always, or from a moment on, or replaced at a moment by another version of itself."""
    roll = chance.random()
    if roll < 0.6:
        return [fact]
    moment = chance.choice(MOMENTS)
    if roll < 0.8:
        return [replace(fact, at=moment)]
    return [replace(fact, at=ALWAYS, until=moment), replace(fact, at=moment, **changes)]
