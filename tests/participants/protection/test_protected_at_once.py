"""A number is written down in the very moment in which whoever has it is protected: refused, or told about."""

import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from core.days.dates import today
from core.swedish.personal_numbers import parse
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel
from participants.identity import corrections
from participants.identity.corrections import EntryCorrection, PersonCorrection, correct_case
from participants.joining import register
from participants.models import Enrolment, Participant, PersonalNumber, ProtectedNotice
from participants.protection.actions import protect_participant
from projects.enums import Role
from tests.actionplans.meetings.test_parallel import at_once
from tests.world import worlds
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory
from tests.world.worlds import World, member

NUMBER = "19620518-9829"
DIGITS = NUMBER.replace("-", "")
WAIT = 1.5


@pytest.fixture
def world(transactional_db) -> World:
    built = worlds.build()
    PersonalNumberFactory(participant=built.enrolment.participant, value=DIGITS)
    return built


@pytest.fixture(autouse=True)
def slow(monkeypatch) -> None:
    """Time passes between the look at what is barred and the writing."""
    for module, name in ((register, "persons_of"), (corrections, "_is_known")):
        known = getattr(module, name)

        def later(*args: object, known: Callable = known, **kwargs: object) -> object:
            time.sleep(WAIT)
            return known(*args, **kwargs)

        monkeypatch.setattr(module, name, later)


def protect(world: World) -> None:
    time.sleep(WAIT / 5)
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    protect_participant(level=level, case=world.enrolment, by=world.case_worker)


def enrol_again(world: World, by) -> None:
    new = NewEnrolment(
        given_name="Kanariea", family_name="Fågelbur", number=parse(NUMBER, on=today()), enrolled_on=today()
    )
    enrol_participant(new=new, project=world.project, owner=world.ame, responsible=by, by=by)


def correct(case: Enrolment, by) -> None:
    person = PersonCorrection.of(case.participant)
    typed = PersonCorrection(**{**{name: getattr(person, name) for name in person.__slots__}, "number": DIGITS})
    correct_case(enrolment=case, person=typed, entry=EntryCorrection.of(case), by=by)


def tried(job: Callable[[], None]) -> None:
    """A refusal is a right answer too."""
    try:
        job()
    except ValidationError as refused:
        assert "skydd" in str(refused)


def check_told() -> None:
    """Whoever has the number in clear has it with somebody knowing."""
    in_clear = set(PersonalNumber.objects.filter(value=DIGITS).values_list("participant", flat=True))
    told = set(ProtectedNotice.objects.filter(same_number=True).values_list("participant", flat=True))
    assert in_clear <= told
    assert Participant.objects.protected().count() == 1


def test_enrolling(world) -> None:
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    at_once([lambda: tried(lambda: enrol_again(world, colleague)), lambda: protect(world)])
    check_told()


def test_correcting(world) -> None:
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    case = EnrolmentFactory(project=world.project)
    CaseAssignmentFactory(enrolment=case, user=colleague)
    at_once([lambda: tried(lambda: correct(case, colleague)), lambda: protect(world)])
    check_told()
