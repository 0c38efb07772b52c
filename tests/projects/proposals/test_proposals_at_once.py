"""Several hands on one proposal: one decision, one role, and nothing by a right that is gone."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from core.days.dates import today
from projects.enums import Role
from projects.models import Membership
from projects.proposals.actions import accept, as_seen, decline, withdraw
from projects.proposals.enums import Decision
from projects.proposals.models import Proposal
from projects.users.actions import UserFields, add_membership, change_user, set_open
from tests.actionplans.meetings.test_parallel import at_once
from tests.world import worlds
from tests.world.factories import UserFactory
from tests.world.worlds import member

ROUNDS = 5


@pytest.fixture
def world(transactional_db):
    return worlds.build()


@pytest.fixture
def proposal(world) -> Proposal:
    return add_membership(
        user=UserFactory(organisation=world.ame, name="Nina Ny"),
        project=world.project,
        role=Role.CASE_WORKER,
        valid_from=today(),
        valid_until=None,
        by=world.administrator,
    )


def attempt(act, **fields) -> str:
    try:
        act(**fields)
    except ValidationError as error:
        return error.messages[0]
    return ""


def saying_yes(proposal, by):
    seen = as_seen(proposal)
    return lambda: attempt(accept, proposal=proposal, seen=seen, by=by)


def test_of_many_who_say_yes_one_is_first_and_there_is_one_role(world, proposal) -> None:
    others = [member(world.project, world.ame, Role.COORDINATOR, f"Sam {number}") for number in range(4)]
    answers = at_once([saying_yes(proposal, by) for by in (world.coordinator, *others)])
    assert sorted(map(bool, answers)) == [False, True, True, True, True]
    assert Membership.objects.filter(user=proposal.user).count() == 1


def test_yes_and_no_at_once_give_one_of_them(world, proposal) -> None:
    other = member(world.project, world.ame, Role.COORDINATOR, "Sam Ny")
    no = {"proposal": proposal, "words": "Nej", "by": other}
    answers = at_once([saying_yes(proposal, world.coordinator), lambda: attempt(decline, **no)])
    proposal.refresh_from_db()
    assert sorted(map(bool, answers)) == [False, True]
    assert Membership.objects.filter(user=proposal.user).exists() == (proposal.decision == Decision.ACCEPTED)


def test_yes_while_it_is_taken_back_gives_a_role_or_nothing(world, proposal) -> None:
    back = {"proposal": proposal, "by": world.administrator}
    at_once([saying_yes(proposal, world.coordinator), lambda: attempt(withdraw, **back)])
    proposal.refresh_from_db()
    assert Membership.objects.filter(user=proposal.user).exists() == (proposal.decision == Decision.ACCEPTED)
    assert proposal.decision in (Decision.ACCEPTED, Decision.WITHDRAWN)


@pytest.mark.parametrize("time", range(ROUNDS))
def test_yes_while_the_address_changes_is_to_the_one_that_was_read(world, proposal, time) -> None:
    fields = UserFields("Nina Ny", f"egen{time}@example.com", proposal.user.duty)
    change = {"user": proposal.user, "fields": fields, "by": world.administrator, "is_proven": True}
    yes, _ = at_once([saying_yes(proposal, world.coordinator), lambda: attempt(change_user, **change)])
    nina = User.objects.get(pk=proposal.user_id)
    has_role = Membership.objects.filter(user=nina).exists()
    assert has_role == (yes == "")
    assert nina.is_address_new or not has_role, "trust came first, so the new address is nobody's yet"


@pytest.mark.parametrize("time", range(ROUNDS))
def test_yes_while_the_account_closes_leaves_no_proposal_waiting(world, proposal, time) -> None:
    close = {"user": proposal.user, "is_open": False, "by": world.administrator}
    at_once([saying_yes(proposal, world.coordinator), lambda: attempt(set_open, **close)])
    assert not Proposal.objects.waiting().exists()
    assert not User.objects.get(pk=proposal.user_id).is_active
