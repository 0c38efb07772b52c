"""What pages cost: for each the statements, the characters of SQL made and the Python calls that it may take.

Time sways with what else a machine does; these don't. A page that has become dearer by a tenth is refused; where one
has become cheaper by more than a fifth, its new cost is to be written here, so that nothing slides back.
"""

from copy import deepcopy
from typing import Final

import pytest
from django.db import connection
from django.urls import reverse

from actionplans.plans.actions import MilestoneRecord
from core.days.dates import today
from core.enums import Category
from participants.assessment.actions import record_assessment
from participants.enums import CaseRole
from tests.world import consent_rows as consents
from tests.world.cases import days_ago, met, plan, started
from tests.world.cost import Cost, cost_of
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory
from tests.world.kept import kept_while
from tests.world.pages import fill, rolled_back
from tests.world.worlds import World, build

# By page: statements, characters of SQL made, calls of Python functions.
COSTS: Final = {
    "list of a coordinator": Cost(17, 2_150, 61_200),
    "list of a case worker": Cost(14, 3_330, 44_600),
    "participant": Cost(19, 660, 39_000),
    "shared participant": Cost(21, 930, 26_700),
    "start of a coordinator": Cost(24, 1_100, 44_900),
    "start of a case worker": Cost(17, 560, 39_000),
    "new meeting": Cost(23, 2_920, 93_100),
    "save of a meeting": Cost(30, 4_130, 32_800),
    "result": Cost(16, 2_730, 45_300),
}


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """Written once for all tests of the module, and gone after them."""
    with kept_while(django_db_blocker, lambda: busy(build())) as written:
        yield written


@pytest.fixture
def world(written, db) -> World:
    """The busy world, of which each test has a copy of its own."""
    return deepcopy(written)


def busy(world: World) -> World:
    """A case with plan, meetings and a step, and a project with fifty cases and more, thirty of them late."""
    by, case = world.case_worker, started(world.enrolment, 100)
    PersonalNumberFactory(participant=case.participant, value="198001019801")
    record_assessment(enrolment=case, completed_on=days_ago(90), by=by)
    plan(case, by, milestones=[MilestoneRecord(text=f"Mål {number}") for number in range(4)])
    for number in range(10):
        met(case, by, days_ago(80 - number * 7), clears=1 if number == 5 else None)
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
    consents.give(case, [world.af], [Category.IDENTITY, Category.PLAN, Category.STEPS], by=by)
    for number in range(60):
        another = EnrolmentFactory(project=world.project, enrolled_on=days_ago(2 if number % 2 else 60))
        if number < 20:
            CaseAssignmentFactory(enrolment=another, user=by)
    return world


def ask_for(page: str, world: World, log_in):
    """A function that asks for the page, or sends the form, and leaves the world as it was."""
    who, path, args = {
        "list of a coordinator": (world.coordinator, "participant_list", []),
        "list of a case worker": (world.case_worker, "participant_list", []),
        "participant": (world.case_worker, "enrolment_detail", [world.enrolment.public_id]),
        "shared participant": (world.af_case_worker, "enrolment_detail", [world.enrolment.public_id]),
        "start of a coordinator": (world.coordinator, "home", []),
        "start of a case worker": (world.case_worker, "home", []),
        "new meeting": (world.case_worker, "meeting_create", [world.enrolment.public_id]),
        "save of a meeting": (world.case_worker, "meeting_create", [world.enrolment.public_id]),
        "result": (world.project_leader, "result", []),
    }[page]
    client, url = log_in(who), reverse(path, args=args)
    sent = fill(client, url, text="Kom i tid.", next_choice="", held_on=today()) if page.startswith("save") else None

    def ask() -> None:
        with rolled_back():
            answer = client.post(url, sent) if sent else client.get(url)
            assert answer.status_code == (302 if sent else 200)

    return ask


@pytest.mark.parametrize("page", COSTS)
def test_a_page_costs_no_more_than_it_did(world, log_in, page: str) -> None:
    cost, held = cost_of(ask_for(page, world, log_in)), COSTS[page]
    # PostgreSQL takes a lock by a statement of its own when a form is saved.
    assert cost.statements <= held.statements + (connection.vendor == "postgresql")
    assert within(cost.characters, held.characters), f"{cost.characters} characters of SQL"
    assert within(cost.calls, held.calls), f"{cost.calls} calls"


def within(found: int, held: int) -> bool:
    """Whether a number is what it was: at most a tenth more, and at least four fifths of it."""
    return held * 0.8 <= found <= held * 1.1


@pytest.mark.parametrize(("found", "holds"), [(79, False), (80, True), (110, True), (111, False)])
def test_a_tenth_more_is_refused(found: int, holds: bool) -> None:
    assert within(found, 100) is holds
