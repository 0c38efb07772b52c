"""Who can read a case, as its pages say it: the same people that the scope lets in, and no more to guests."""

import re

import pytest

from actionplans.enums import MeetingKind, ReaderLevel
from actionplans.meetings.actions import MeetingRecord, log_meeting
from core.days.dates import today
from core.enums import Category
from participants.assessment.actions import record_assessment
from participants.consent.actions import withdraw_consent
from participants.enums import CaseRole, ConsentForm
from projects.enums import Role
from projects.models import Membership
from tests.world import consents
from tests.world.factories import CaseAssignmentFactory
from tests.world.worlds import member

ASSESSMENT, HEALTH, MEETINGS, PLAN = Category.ASSESSMENT, Category.HEALTH, Category.MEETINGS, Category.PLAN


@pytest.fixture
def case(world):
    return consents.gather(world)


@pytest.fixture
def frida(case):
    """The third party's contact."""
    user = member(case.world.project, case.fk, Role.CASE_WORKER, "Frida Försäkring")
    CaseAssignmentFactory(enrolment=case.enrolment, user=user, role=CaseRole.CONTACT)
    return user


@pytest.fixture
def page(case, log_in):
    def of(user) -> str:
        return log_in(user).get(case.enrolment.get_absolute_url()).content.decode()

    return of


def tags(html: str, writer: str) -> list[str]:
    """What stands after «Kan läsas av»."""
    return re.findall(rf"{writer} · [^<]*", html)


def test_coordinators_are_named_and_those_who_have_left_are_not(case, page) -> None:
    case.give(ASSESSMENT)
    record_assessment(enrolment=case.enrolment, completed_on=today(), by=case.worker)
    (tag,) = tags(page(case.worker), "Vuxenenheten")
    assert "Arbetsförmedlingen (Alva Arbetsförmedlare, Sune Samordnare) till och med" in tag
    Membership.objects.filter(user=case.guest).update(valid_until=today())
    (tag,) = tags(page(case.worker), "Vuxenenheten")
    assert "Arbetsförmedlingen (Sune Samordnare) till och med" in tag


def test_whoever_wrote_a_note_isn_t_named_twice(case, frida, page) -> None:
    case.give(MEETINGS, parties=[case.af, case.fk])
    record = MeetingRecord(
        kind=MeetingKind.FOLLOW_UP, held_on=today(), text="Vi ses", reader_level=ReaderLevel.CONSENTED
    )
    log_meeting(enrolment=case.enrolment, record=record, by=case.guest)
    (tag,) = tags(page(case.guest), "Arbetsförmedlingen")
    assert "Försäkringskassan" in tag
    assert tag.count("Arbetsförmedlingen") == 1


def test_a_party_where_nobody_works_with_the_case_is_no_reader(case, page) -> None:
    case.give(ASSESSMENT, parties=[case.af, case.fk])
    record_assessment(enrolment=case.enrolment, completed_on=today(), by=case.worker)
    (tag,) = tags(page(case.worker), "Vuxenenheten")
    assert "Arbetsförmedlingen (Alva" in tag
    assert "Försäkringskassan" not in tag


def test_a_guest_is_told_of_the_responsible_one_and_its_own_people_alone(case, frida, page) -> None:
    plan = case.give(PLAN)
    case.give(HEALTH, parties=[case.fk])
    CaseAssignmentFactory(
        enrolment=case.enrolment,
        user=member(case.world.project, case.world.ame, Role.CASE_WORKER, "Kim Kollega"),
        role=CaseRole.SUBSTITUTE,
    )
    for said in ("Frida Försäkring", "Kim Kollega"):
        assert said in page(case.worker)
        assert said not in page(case.guest)
    for said in ("Hanna Handläggare", "Alva Arbetsförmedlare"):
        assert said in page(case.guest)
    record = MeetingRecord(kind=MeetingKind.PHONE, held_on=today(), text="Hej")
    log_meeting(enrolment=case.enrolment, record=record, by=case.guest)
    withdraw_consent(consent=plan, form=ConsentForm.ORAL, by=case.worker)
    assert "Frida Försäkring" not in page(case.guest)


def test_a_party_is_told_once_what_it_reads_together_with_the_writer_alone(case, page) -> None:
    case.give(ASSESSMENT)
    record_assessment(enrolment=case.enrolment, completed_on=today(), by=case.worker)
    said = page(case.guest)
    assert tags(said, "Vuxenenheten") == []
    assert re.search(r"samtyckt till att ni läser [^<]*kartläggning[^<]* till och med \d", said)
    assert tags(page(case.worker), "Vuxenenheten"), "for its own unit another party's reading is unlike the rule"


def test_a_third_reader_is_unlike_the_rule(case, frida, page) -> None:
    case.give(ASSESSMENT, parties=[case.af, case.fk])
    record_assessment(enrolment=case.enrolment, completed_on=today(), by=case.worker)
    (tag,) = tags(page(case.guest), "Vuxenenheten")
    assert "Frida Försäkring" in tag
