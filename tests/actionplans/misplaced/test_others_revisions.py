"""A plan on the wrong person, with later ones that somebody else built on it."""

import pytest
from django.urls import reverse

from actionplans.models import PlanRevision
from participants.enums import CaseRole, MisplacedWay
from participants.models import Enrolment, Misplacement
from projects.enums import Role
from tests.world.cases import days_ago, plan, started
from tests.world.factories import CaseAssignmentFactory
from tests.world.pages import shown
from tests.world.worlds import member

CANARY = "Kanarieplan av någon annan"


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.fixture
def mine(world, case) -> PlanRevision:
    return plan(case, world.case_worker, valid_on=days_ago(20))


def take_away(client, revision: PlanRevision):
    address = reverse("revision_misplaced", args=[revision.public_id])
    return client.post(address, shown(client.get(address).context["form"]) | {"way": MisplacedWay.TAKEN_AWAY})


def activities() -> set[str]:
    rows = PlanRevision.objects.placed().select_related("main_activity")
    return {row.main_activity.text for row in rows if row.main_activity}


@pytest.mark.parametrize("is_coordinators", [True, False])
def test_a_case_worker_takes_away_no_later_plan_of_somebody_else(world, case, mine, log_in, is_coordinators) -> None:
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=kim, role=CaseRole.SUBSTITUTE)
    author = world.coordinator if is_coordinators else kim
    plan(case, author, based_on=1, valid_on=days_ago(5), main_activity=CANARY)
    answer = take_away(log_in(world.case_worker), mine)
    assert answer.status_code == 200
    assert "skriven av någon annan. Be samordnaren" in answer.content.decode()
    assert activities() == {"Återbruket, 20 timmar", CANARY}
    assert not Misplacement.objects.exists()


def test_the_coordinator_takes_all_of_them_away(world, case, mine, log_in) -> None:
    plan(case, world.coordinator, based_on=1, valid_on=days_ago(5), main_activity=CANARY)
    assert take_away(log_in(world.coordinator), mine).status_code == 302
    assert activities() == set()
