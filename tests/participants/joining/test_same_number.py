"""Somebody protected may be here a second time, in clear: whoever answers for that one is told, and nobody else."""

import pytest

from core.days.dates import today
from core.swedish.personal_numbers import parse
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel
from participants.models import Enrolment, ProtectedNotice
from participants.protection.actions import protect_participant
from projects.enums import Role
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory
from tests.world.worlds import World, member

NUMBER = "196205189829"
TOLD = "satte skydd"
SET_IT = "Är det samma person, sätt skydd här också."


@pytest.fixture
def second(world) -> Enrolment:
    """The same number on somebody else, for whom nobody is responsible yet."""
    PersonalNumberFactory(participant=world.enrolment.participant, value=NUMBER)
    case = EnrolmentFactory(project=world.project, given_name="Kanariea", family_name="Fågelbur")
    PersonalNumberFactory(participant=case.participant, value=NUMBER, is_claim=True)
    return case


def protect(world: World) -> None:
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    protect_participant(level=level, case=world.enrolment, by=world.case_worker)


@pytest.mark.parametrize("first", ["enrolled", "protected"])
def test_a_number_that_is_only_recognised_is_told_of_too(world, second, log_in, first) -> None:
    """Somebody enrolled under an alias, or protected since before, gets a number to be recognised by."""
    number, level = parse(NUMBER, on=today()), ProtectionLevel.CONFIDENTIALITY_MARK
    if first == "enrolled":
        new = NewEnrolment(protection=level, barred_number=number, enrolled_on=today())
        made = {"new": new, "project": world.project, "owner": world.ame, "responsible": world.case_worker}
        enrol_participant(**made, by=world.case_worker)
    else:
        case = EnrolmentFactory(project=world.project)
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        for given in (None, number):
            protect_participant(level=level, case=case, number=given, by=world.case_worker)
    page = start_page(log_in, world.coordinator)
    assert TOLD in page
    assert "Kanariea Fågelbur" in page


def start_page(log_in, user) -> str:
    return log_in(user).get("/").content.decode()


def test_whoever_is_responsible_is_told_and_sees_whom_it_is_about(world, second, log_in) -> None:
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=second, user=colleague)
    protect(world)
    page = start_page(log_in, colleague)
    assert TOLD in page
    assert SET_IT in page
    assert "Kanariea Fågelbur" in page
    assert TOLD not in start_page(log_in, world.coordinator)


def test_where_nobody_is_responsible_the_coordinators_are_told_until_one_has_seen_it(world, second, log_in) -> None:
    other = member(world.project, world.ame, Role.COORDINATOR, "Kim Kollega")
    protect(world)
    for user in (world.coordinator, other):
        page = start_page(log_in, user)
        assert TOLD in page
        assert "Kanariea Fågelbur" in page
    for user in (world.case_worker, world.af_coordinator, world.af_case_worker, world.project_leader):
        assert TOLD not in log_in(user).get("/", follow=True).content.decode()
    key = {"besked": str(ProtectedNotice.objects.get().public_id)}
    for user in (world.case_worker, world.af_coordinator):
        assert log_in(user).post("/deltagare/skydd/sett/", key).status_code == 404
    assert log_in(other).post("/deltagare/skydd/sett/", key).status_code == 302
    assert TOLD not in start_page(log_in, world.coordinator)


def test_whoever_sets_the_protection_is_told_of_another_of_their_own(world, second, log_in) -> None:
    CaseAssignmentFactory(enrolment=second, user=world.case_worker)
    protect(world)
    assert SET_IT in start_page(log_in, world.case_worker)
