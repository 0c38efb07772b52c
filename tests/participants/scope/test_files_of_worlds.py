"""In worlds made by chance, the files that leave the program hold the persons that the rule lets out, and nobody else.

A document is looked at by the page that it is made of. A file that docs/access.md names and this test doesn't fails it.
"""

import os
import re
from collections.abc import Callable
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from actionplans.models import WorkplaceSheet
from core.days.dates import today
from core.enums import Category
from core.pdf import process as pdf
from participants.enums import ProtectionLevel
from participants.models import Enrolment, PlacementCertificate, SignedPaper
from projects.enums import Role
from projects.models import ProjectOrganisation
from tests.guards.access_table import table
from tests.world import random_worlds
from tests.world.pages import Browser
from tests.world.random_worlds import World
from tests.world.reading_rule import Rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

# So many worlds are opened file by file; `make soak` opens more.
SEEDS = range(3000, 3000 + max(1, int(os.environ.get("WORLDS", "50")) // 50))
FILES = "Files that leave the program"


def hands_out(rule: Rule, user: User, case: Enrolment) -> bool:
    """All that the organisation has about a person: whoever works with the case, or coordinates its project. What was
    wrongly registered is handed out as well, since it is stored."""
    return case.owner_id == user.organisation_id and rule.works_with(user, case, with_void=True)


def asks(rule: Rule, user: User, case: Enrolment) -> bool:
    """For consent: whoever writes in the case."""
    return hands_out(rule, user, case) and not case.is_void and Role.CASE_WORKER in rule.roles(user, case)


def has_plan(rule: Rule, user: User, case: Enrolment) -> bool:
    """For the participant: whoever writes in the case, once there is a plan in it."""
    return asks(rule, user, case) and case.plan_revisions.current().exists()


def works(rule: Rule, user: User, case: Enrolment) -> bool:
    """For the ordinary agency: whoever works with the case, or coordinates its project."""
    return hands_out(rule, user, case) and not case.is_void


class File(NamedTuple):
    """A kind of file: by which id it is asked for, what is sent, who gets it, and whether it says who it is about, and
    that of somebody protected too."""

    of: str
    sent: Callable[[World, Enrolment], dict[str, object]]
    rule: Callable[[Rule, User, Enrolment], bool]
    says_whom: bool = True
    says_protected: bool = True


def _extract(world: World, case: Enrolment) -> dict[str, object]:
    return {"reason": "asked"}


def _consent(world: World, case: Enrolment) -> dict[str, object]:
    party = next(organisation for organisation in world.organisations if organisation != case.owner)
    return {
        "parties": [party.public_id],
        "categories": [Category.PLAN],
        "purpose": "planera praktik tillsammans",
        "period": "6",
        "token": uuid4(),
    }


def _plan(world: World, case: Enrolment) -> dict[str, object]:
    return {}


CHANNELS = {
    "participant_extract_pdf": File("participant", _extract, hands_out),
    "participant_extract_json": File("participant", _extract, hands_out),
    "consent_paper": File("enrolment", _consent, asks),
    "plan_copy_pdf": File("enrolment", _plan, has_plan, says_whom=False),
    "case_sheet_pdf": File("enrolment", _extract, works),
    "paper_file": File("paper", _plan, works),
    "workplace_sheet_pdf": File("workplace sheet", _plan, asks, says_protected=False),
    "certificate_pdf": File("certificate", _plan, works, says_protected=False),
}
# The files without persons in them: the crawl of every page sees to that.
NOBODY = {"report_pdf", "questions_paper"}


def test_every_kind_of_file_is_looked_at():
    assert {row["address"] for row in table(FILES)} == set(CHANNELS) | NOBODY


@pytest.fixture
def as_page(monkeypatch, settings):
    """Documents as the HTML that they are made of, and as many as one likes."""
    monkeypatch.setattr(pdf, "render", lambda html: html.encode())
    monkeypatch.setattr(pdf, "page_count", lambda document: 1)
    settings.EXPORTS_AN_HOUR = 10_000


@pytest.mark.usefixtures("as_page")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_holds_the_person_it_is_about_for_whom_the_rule_lets_have_it(seed):
    world = random_worlds.build(seed)
    for project in world.projects:
        for organisation in world.organisations:
            ProjectOrganisation.objects.get_or_create(project=project, organisation=organisation)
    rule = Rule.of(today())
    for user in (user for user in world.users if user.is_active):
        client = Browser()
        client.force_login(user)
        for name, file in CHANNELS.items():
            for case in world.cases:
                answer = client.post(reverse(name, args=[_id_of(case, file.of)]), file.sent(world, case))
                allowed = file.rule(rule, user, case)
                assert answer.has_header("Content-Disposition") == allowed, (name, user, answer.status_code)
                is_named = file.says_whom and (file.says_protected or not case.participant.is_protected)
                assert _named(world, answer) == ({case.public_id} if allowed and is_named else set())


def _id_of(case: Enrolment, kind: str) -> object:
    facts = {"paper": SignedPaper, "certificate": PlacementCertificate, "workplace sheet": WorkplaceSheet}
    if kind in facts:
        return facts[kind].objects.filter(enrolment=case).earliest("pk").public_id
    return case.public_id if kind == "enrolment" else case.participant.public_id


def test_the_worlds_are_worth_trying():
    """Each kind of file is given to somebody in the first of them, and another kept from somebody who works there."""
    world, rule = random_worlds.build(SEEDS[0]), Rule.of(today())
    asked = [
        (file.rule(rule, user, case), name)
        for name, file in CHANNELS.items()
        for user in world.users
        for case in world.cases
    ]
    for name in CHANNELS:
        assert {given for given, of in asked if of == name} == {True, False}


def _named(world: World, answer) -> set[object]:
    """Whose name or alias stands in the answer."""
    said = answer.content.decode()
    return {case.public_id for case in world.cases if re.search(rf"\b{re.escape(_called(case))}\b", said)}


def _called(case: Enrolment) -> str:
    person = case.participant
    return person.identity.family_name if person.protection == ProtectionLevel.NONE else person.alias
