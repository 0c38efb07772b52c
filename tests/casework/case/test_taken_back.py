"""What has been taken back is read by its author and the coordinators alone: a colleague finds its words on no page."""

import re
from collections.abc import Callable

import pytest

from accounts.models import User
from actionplans.corrected_plans.actions import take_back_revision
from actionplans.corrected_plans.milestones import take_back_milestone
from actionplans.enums import Outcome
from actionplans.meetings.corrections import take_back_meeting
from actionplans.models import Meeting, MilestoneStatus, StepAssessment
from actionplans.plans.actions import MilestoneRecord
from actionplans.steps.actions import withdraw_assessment
from actionplans.steps.judgement import StepJudgement
from actionplans.weeks.entries import Week
from core.days.periods import Period
from participants.assessment.actions import record_assessment
from participants.assessment.corrections import take_back_assessment
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.models import Enrolment
from participants.placement.actions import PlacementRecord, record_placement, take_back_placement
from projects.enums import Role
from tests.world import worlds
from tests.world.case_rows import assign
from tests.world.cases import cleared, days_ago, met, plan, started

CANARY = "Kanarieord"
WHY = "Skrevs av misstag."
# Of pages that the case leads to, those that hand out a whole file; the law says what stands there.
_FILES = re.compile(r"^/static/|/(registerutdrag|logga-ut)")
_LINKS = re.compile(r'href="(/[^"#?]*)')


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


def judged(case: Enrolment, by: User) -> Meeting:
    """A meeting where step 1 was cleared late, with words in every box of the judgement."""
    judgement = cleared(case, 1, days_ago(30))
    answers = {
        key: type(said)(said.outcome, said.why, f"{CANARY} handledaren") for key, said in judgement.answers.items()
    }
    words = {"late_reason": f"{CANARY} sent", "departure": f"{CANARY} avvikelse"}
    said = StepJudgement(
        step=judgement.step, outcome=Outcome.CLEARED, cleared_on=judgement.cleared_on, answers=answers, **words
    )
    return met(case, by, days_ago(3), judgement=said, text="Trivs.")


def meeting(case: Enrolment, by: User) -> None:
    made = judged(case, by)
    take_back_meeting(meeting=made, reason=WHY, by=by)


def judgement(case: Enrolment, by: User) -> None:
    judged(case, by)
    withdraw_assessment(assessment=StepAssessment.objects.get(), reason=WHY, by=by)


def assessment(case: Enrolment, by: User) -> None:
    made = record_assessment(enrolment=case, completed_on=days_ago(40), summary=f"{CANARY} om drivkrafter", by=by)
    take_back_assessment(assessment=made, reason=WHY, by=by)


def revision(case: Enrolment, by: User) -> None:
    said = {"main_activity": f"{CANARY} köket", "week": Week.of(f"Måndag 9.00–12.00 · {CANARY} måndag")}
    made = plan(case, by, **said, milestones=[MilestoneRecord(text=f"{CANARY} delmål")])
    take_back_revision(revision=made, reason=WHY, by=by)


def milestone(case: Enrolment, by: User) -> None:
    plan(case, by, milestones=[MilestoneRecord(text=f"{CANARY} delmål")])
    take_back_milestone(status=MilestoneStatus.objects.get(), reason=WHY, by=by)


def placement(case: Enrolment, by: User) -> None:
    record = PlacementRecord(
        f"{CANARY} köket", worlds.member(case.project, case.owner, Role.SUPERVISOR, "Sven"), Period(days_ago(9))
    )
    made = record_placement(enrolment=case, record=record, by=by)
    take_back_placement(placement=made, reason=WHY, by=by)


def ending(case: Enrolment, by: User) -> None:
    comment = f"{CANARY} Luleå"
    end_enrolment(enrolment=case, exited_on=days_ago(2), reason=ExitReason.MOVED, comment=comment, by=by)
    reopen_enrolment(enrolment=case, reason=WHY, by=by)


KINDS: list[Callable[[Enrolment, User], None]] = [
    meeting,
    judgement,
    assessment,
    revision,
    milestone,
    placement,
    ending,
]


def pages_of(client, case: Enrolment) -> str:
    """All that can be read on the page of the case, and on the pages that it leads to."""
    first = client.get(case.get_absolute_url()).content.decode()
    answers = [client.get(link, follow=True) for link in sorted(set(_LINKS.findall(first))) if not _FILES.search(link)]
    return first + " ".join(answer.content.decode() for answer in answers if "html" in answer.get("Content-Type", ""))


@pytest.mark.parametrize("taken_back", KINDS, ids=lambda kind: kind.__name__)
def test_a_colleague_finds_nothing_of_it_and_its_author_does(world, case, log_in, taken_back) -> None:
    taken_back(case, world.case_worker)
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(case, colleague, CaseRole.SUBSTITUTE)
    assert re.findall(f"{CANARY} [^<]*", pages_of(log_in(colleague), case)) == []
    for user in (world.case_worker, world.coordinator):
        assert CANARY in pages_of(log_in(user), case)
