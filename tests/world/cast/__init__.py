"""Everybody and everything that access is tried on: each role, each kind of case, with something of all that a case
can hold. Names, numbers and texts are such that they can be looked for in any answer."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.test import Client

from accounts.models import User
from core.days.dates import today
from participants.models import PersonIdentity
from projects.enums import Role
from projects.models import Project
from tests.world import worlds
from tests.world.cast.cases import Cases, write_cases
from tests.world.cast.numbers import number_from_afar
from tests.world.cast.papers import (
    Batches,
    Proposals,
    Reports,
    Reviews,
    Voids,
    write_batches,
    write_claim,
    write_joined,
    write_proposals,
    write_reports,
    write_reviews,
    write_voids,
)
from tests.world.cast.referrals import Referrals, write_referrals
from tests.world.factories import MembershipFactory, UserFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.factories.background import WorkplaceFactory
from tests.world.pages import Browser


@dataclass
class Cast:
    """The people by first name, and what is theirs. Tables that call them by role: `tests/world/cast/labels.py`."""

    world: worlds.World
    # Of the host, Vuxenenheten: two case workers, then one of each role and duty.
    hanna: User
    kim: User
    samira: User
    petra: User
    stig: User
    hedda: User
    ada: User
    lo: User
    # Was case worker and coordinator until yesterday.
    fia: User
    # Of Arbetsförmedlingen, a party of the project: case worker and coordinator.
    alva: User
    sune: User
    # Of an organisation that is in no project.
    ulla: User
    cases: Cases
    # The person who was written down in the other project under the number of the person in Hanna's case.
    claim: UUID
    # Somebody who has been joined with another and may be so once more, and the person in Hanna's case.
    twins: tuple[UUID, UUID]
    referrals: Referrals
    voids: Voids
    batches: Batches
    reports: Reports
    reviews: Reviews
    proposals: Proposals
    other_project: Project

    def client(self, user: User | None) -> Client:
        """A browser with the user logged in, or nobody."""
        client = Browser()
        if user:
            client.force_login(user)
        return client

    @cached_property
    def canaries(self) -> dict[str, UUID]:
        """What tells that a person stands in an answer, and who: family names, numbers, phones and addresses."""
        found: dict[str, UUID] = {}
        for identity in PersonIdentity.objects.select_related("participant").prefetch_related("participant__numbers"):
            person = identity.participant.public_id
            values = [identity.family_name, identity.phone, identity.email]
            numbers = [number for number in identity.participant.numbers.all() if not number.is_claim]
            values += [form for number in numbers for form in (number.value, number.formatted)]
            # A name like «Ek» is part of many words and tells nothing.
            found |= {value: person for value in values if len(value) > 4}
        return found


def build() -> Cast:
    """Write it all; rows about persons go in by the program's own actions."""
    number_from_afar()
    world = worlds.build()
    ProjectOrganisationFactory(project=world.project, organisation=world.af)
    kim = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    fia = _former(world)
    other_project = worlds.model_project(host=world.ame, name="Annat projekt", register_number="PROV-2026-2")
    cases = write_cases(world, kim=kim, fia=fia, other_project=other_project)
    for project in (world.project, other_project):
        WorkplaceFactory(project=project)
    return Cast(
        world=world,
        hanna=world.case_worker,
        kim=kim,
        samira=world.coordinator,
        petra=world.project_leader,
        stig=world.steering,
        hedda=world.supervisor,
        ada=world.administrator,
        lo=world.log_reviewer,
        fia=fia,
        alva=world.af_case_worker,
        sune=world.af_coordinator,
        ulla=world.outsider,
        cases=cases,
        claim=write_claim(other_project, cases.of_hanna.participant),
        twins=(write_joined(world), cases.of_hanna.ids["participant"]),
        referrals=write_referrals(world, cases, other_project),
        voids=write_voids(world),
        batches=write_batches(world, other_project),
        reports=write_reports(world, other_project),
        reviews=write_reviews(world),
        proposals=write_proposals(world),
        other_project=other_project,
    )


def _former(world: worlds.World) -> User:
    """Left yesterday, though nobody has taken the case away yet."""
    user = UserFactory(organisation=world.ame, name="Fia Förut")
    MembershipFactory(user=user, project=world.project, role=Role.COORDINATOR, valid_until=today())
    MembershipFactory(user=user, project=world.project, role=Role.CASE_WORKER, valid_until=today())
    return user
