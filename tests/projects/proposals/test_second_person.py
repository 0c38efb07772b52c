"""One administrator alone, whatever they do in whatever order, reaches no person and nobody's account."""

import inspect
import os
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Duty
from accounts.login.tokens import LinkTokens
from accounts.models import User
from core.days.dates import today
from projects.enums import Role
from projects.models import Membership
from projects.proposals import actions
from projects.proposals.models import Proposal
from projects.proposals.rules import has_trust, reads_persons
from projects.users import actions as users
from tests.guards.access_table import SECOND_PERSON, table
from tests.world.factories import UserFactory

pytestmark = pytest.mark.django_db

OF_SECOND_PERSONS = {"accept", "decline", "accept_at_server"}
# In all 250 acts in `make test`, a thousand in `make soak`.
CHAINS, STEPS = 40 if "SOAK" in os.environ else 10, 25


def acts_in(module) -> set[str]:
    """The module's own functions that write."""
    own = inspect.getmembers(module, inspect.isfunction)
    return {name for name, act in own if hasattr(act, "__wrapped__") and act.__module__ == module.__name__}


def test_the_table_knows_every_act_of_an_administrator_and_so_do_the_chains() -> None:
    known = {row["act"] for row in table(SECOND_PERSON)}
    assert known == acts_in(users) | acts_in(actions) - OF_SECOND_PERSONS
    assert known == set(Alone.ACTS)


class Alone:
    """An administrator who tries, by chance, every act on everybody in the organisation."""

    def __init__(self, world, seed: int) -> None:
        self.world, self.by, self.chance = world, world.administrator, random.Random(seed)
        self.links: list[tuple[User, str]] = []
        self.made = 0

    def run(self) -> None:
        """One chain."""
        for _ in range(STEPS):
            act = self.ACTS[self.chance.choice(list(self.ACTS))]
            try:
                act(self)
            except ValidationError:
                continue
            finally:
                self.try_to_accept()

    def somebody(self) -> User:
        """Anyone in the organisation but the administrator."""
        return self.chance.choice(list(User.objects.filter(organisation=self.by.organisation).exclude(pk=self.by.pk)))

    def address(self) -> str:
        self.made += 1
        return f"egen{self.made}@example.com"

    def duty(self) -> Duty:
        return self.chance.choice([Duty.CASE_WORK, Duty.ADMINISTRATOR, Duty.LOG_REVIEWER])

    def open_user(self) -> None:
        fields = users.UserFields("Pelle Påhitt", self.address(), self.duty())
        users.open_user(fields=fields, organisation=self.by.own_organisation, by=self.by)

    def change_user(self) -> None:
        user = self.somebody()
        email = self.chance.choice([user.email, self.address()])
        fields = users.UserFields(user.name, email, self.chance.choice([Duty(user.duty), self.duty()]))
        users.change_user(user=user, fields=fields, by=self.by, is_proven=True)

    def set_open(self) -> None:
        users.set_open(user=self.somebody(), is_open=self.chance.random() < 0.6, by=self.by)

    def add_membership(self) -> None:
        first = today() + timedelta(days=self.chance.randint(-9, 9))
        users.add_membership(
            user=self.somebody(),
            project=self.world.project,
            role=self.chance.choice(list(Role)),
            valid_from=first,
            valid_until=self.chance.choice([None, first + timedelta(days=20)]),
            by=self.by,
        )

    def end_membership(self) -> None:
        held = self.chance.choice(list(Membership.objects.filter(user__organisation=self.by.organisation)))
        day = held.valid_from + timedelta(days=self.chance.randint(0, 9000))
        users.end_membership(membership=held, valid_until=day, by=self.by)

    def make_link(self) -> None:
        user = self.somebody()
        if link := users.make_link(user=user, by=self.by):
            self.links.append((user, link.rstrip("/").partition("-losenord/")[2].partition("-")[2]))

    def withdraw(self) -> None:
        if found := list(Proposal.objects.all()):
            actions.withdraw(proposal=self.chance.choice(found), by=self.by)

    def try_to_accept(self) -> None:
        """By the administrator, and by every account of their own making."""
        puppets = User.objects.filter(email__startswith="egen", is_active=True)
        for proposal in Proposal.objects.waiting().select_related("user", "project"):
            for by in (self.by, *puppets.filter(name="Pelle Påhitt")):
                with pytest.raises(ValidationError):
                    actions.accept(proposal=proposal, seen=actions.as_seen(proposal), by=by)

    ACTS: dict[str, Callable[["Alone"], None]] = {
        "open_user": open_user,
        "change_user": change_user,
        "set_open": set_open,
        "add_membership": add_membership,
        "end_membership": end_membership,
        "make_link": make_link,
        "withdraw": withdraw,
    }


def trust() -> set[tuple[int, str]]:
    """Who reads persons or decides about accounts, and by what."""
    held = Membership.objects.on_or_after(today())
    roles = {(row.user_id, row.role) for row in held if reads_persons(Role(row.role))}
    return roles | set(User.objects.exclude(duty=Duty.CASE_WORK).values_list("pk", "duty"))


@pytest.mark.parametrize("seed", range(CHAINS))
def test_no_chain_of_acts_reaches_anybody(world, seed) -> None:
    UserFactory(organisation=world.ame, password="!", name="Nils Ny")
    before = trust()
    addresses = dict(User.objects.values_list("pk", "email"))
    alone = Alone(world, seed)
    alone.run()
    assert trust() <= before
    for user, key in alone.links:
        owner = User.objects.get(pk=user.pk)
        assert not (LinkTokens().check_token(owner, key) and has_trust(owner, today())), "a link into trust"
    for owner in User.objects.filter(pk__in=addresses, organisation=world.ame).exclude(duty=Duty.SYSTEM):
        if owner.email != addresses[owner.pk] and (owner.has_usable_password() or has_trust(owner, today())):
            assert not LinkTokens().check_token(owner, LinkTokens().make_token(owner)), "a link by a changed address"
