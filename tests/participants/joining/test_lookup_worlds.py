"""In worlds made by chance nobody out of scope learns whether a number is known: not by answers, queries or the log.

`WORLDS=500` tries more of them than the ordinary run; `make soak` does.
"""

import os
import random
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.days.dates import today
from participants.enums import ProtectionLevel
from participants.joining.lookup import cases_in_sight
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.access import can
from projects.enums import Permission, Role
from tests.participants.joining.test_lookup import NUMBER, TYPED, URL, Answer, ask
from tests.world import random_worlds
from tests.world.factories import PersonalNumberFactory
from tests.world.pages import Browser, faults, fill, submit
from tests.world.reading_rule import Rule

pytestmark = pytest.mark.django_db

WORLDS = max(5, int(os.environ.get("WORLDS", "50")) // 10)
TRIES = 3


def tries(world: random_worlds.World, *, seen: bool) -> Iterator[tuple[User, Enrolment]]:
    """Users who may enrol in the first project, and people of their organisation whom they see, or don't."""
    rule = Rule.of(today())
    for user in world.users:
        if not can(user, Permission.ENROL, world.projects[0], on=today()):
            continue
        for case in world.cases:
            if case.owner_id != user.organisation_id or case.participant.protection != ProtectionLevel.NONE:
                continue
            # A coordinator is asked about the project's wrongly registered, and so learns of them in any case.
            is_asked = case.is_void and Role.COORDINATOR in rule.roles(user, case)
            if rule.works_with(user, case) == seen and not is_asked:
                yield user, case


def client_of(user: User, project) -> Client:
    client = Browser()
    client.force_login(user)
    session = client.session
    session["project"] = str(project.public_id)
    session.save()
    return client


def twice(user: User, case: Enrolment, client: Client, url: str, data: dict, about: Enrolment | None) -> list[Answer]:
    """What is answered where nobody has the number, and where the case's person has it."""
    found = []
    for is_known in (False, True):
        with transaction.atomic():
            if is_known:
                PersonalNumberFactory(participant=case.participant)
            found.append(ask(user, client, url, data, about))
            transaction.set_rollback(True)
    return found


def sample(seed: int, world: random_worlds.World, *, seen: bool) -> list[tuple[User, Enrolment]]:
    pairs = list(tries(world, seen=seen))
    return random.Random(seed).sample(pairs, min(TRIES, len(pairs)))


@pytest.mark.parametrize("seed", range(WORLDS))
def test_enrolling_by_a_number_out_of_sight_is_like_enrolling_by_one_that_nobody_has(seed, quiet):
    world = random_worlds.build(seed)
    for user, case in sample(seed, world, seen=False):
        client = client_of(user, world.projects[0])
        unknown, known = twice(user, case, client, URL, fill(client, URL, **TYPED), None)
        assert unknown.pages[0] == "302"
        assert known == unknown


@pytest.mark.parametrize("seed", range(WORLDS))
def test_correcting_to_a_number_out_of_sight_is_like_correcting_to_one_that_nobody_has(seed, quiet):
    world = random_worlds.build(seed)
    for user, case in sample(seed, world, seen=False):
        own = cases_in_sight(Scope.of(user, today()), user.own_organisation, world.projects[0])
        mine = own.filter(participant__protection=ProtectionLevel.NONE).exclude(pk=case.pk).first()
        if mine is None:
            continue
        client, url = client_of(user, mine.project), reverse("enrolment_correct", args=[mine.public_id])
        data = fill(client, url, number=NUMBER, birth_date="")
        unknown, known = twice(user, case, client, url, data, mine)
        assert known == unknown


@pytest.mark.parametrize("seed", range(WORLDS))
def test_somebody_in_sight_is_asked_about(seed, quiet):
    world = random_worlds.build(seed)
    for user, case in sample(seed, world, seen=True):
        with transaction.atomic():
            PersonalNumberFactory(participant=case.participant)
            answer = submit(client_of(user, world.projects[0]), URL, **TYPED)
            assert list(faults(answer)) == ["number"]
            transaction.set_rollback(True)


def test_the_worlds_are_worth_trying():
    """Both kinds come up, or the tests above say nothing."""
    found = {True: 0, False: 0}
    for seed in range(10):
        world = random_worlds.build(seed)
        for seen in found:
            found[seen] += len(sample(seed, world, seen=seen))
    assert min(found.values()) >= 5, found
