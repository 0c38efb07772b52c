"""What a consent lets a case worker of another party read, day by day, by the pages and by the scope."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actionplans.plans.actions import PlanRecord, save_plan
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.enums import Category
from participants.assessment.actions import record_assessment
from participants.consent.actions import renew_consent, withdraw_consent
from participants.consent.readers import at_work
from participants.enums import CaseRole, ConsentForm, ProtectionLevel
from participants.models import Enrolment, Participant, PersonIdentity
from participants.scope.scope import Scope
from projects.enums import Role
from tests.world import consents, worlds
from tests.world.factories import CaseAssignmentFactory

PLAN, ASSESSMENT, HEALTH = Category.PLAN, Category.ASSESSMENT, Category.HEALTH
NOON = "2026-11-22 12:00Z"


@pytest.fixture
def case(world):
    """With a plan and a kartläggning of the owner's."""
    found = consents.gather(world)
    with time_machine.travel(NOON, tick=False):
        record_assessment(
            enrolment=found.enrolment, completed_on=today(), summary="Kanarietext kartläggning", by=found.worker
        )
        plan = PlanRecord(valid_on=today(), main_activity="Kanarietext plan", week=Week.of("Måndag 9.00–12.00"))
        save_plan(enrolment=found.enrolment, record=plan, based_on=0, by=found.worker)
    return found


@pytest.fixture
def read(case, log_in):
    """What the guest gets of the case page: nothing, or which of the two texts."""

    def at_moment(moment: str) -> str:
        with time_machine.travel(moment, tick=False):
            page = log_in(case.guest).get(case.enrolment.get_absolute_url())
        text = page.content.decode()
        found = [word for word in ("plan", "kartläggning") if f"Kanarietext {word}" in text]
        return " ".join(found) if page.status_code == 200 else str(page.status_code)

    return at_moment


def test_nothing_before_and_then_only_what_is_named(case, read) -> None:
    assert read(NOON) == "404"
    with time_machine.travel(NOON, tick=False):
        case.give(PLAN)
    assert read(NOON) == "plan"
    with time_machine.travel(NOON, tick=False):
        case.give(ASSESSMENT)
    assert read(NOON) == "plan kartläggning"


def test_nothing_at_the_next_request_after_it_is_taken_back(case, read) -> None:
    with time_machine.travel(NOON, tick=False):
        consent = case.give(PLAN, ASSESSMENT)
        assert read(NOON) == "plan kartläggning"
        withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    assert read(NOON) == "404"


def test_a_part_taken_back_goes_and_the_rest_stays(case, read) -> None:
    with time_machine.travel(NOON, tick=False):
        consent = case.give(PLAN, ASSESSMENT)
        withdraw_consent(consent=consent, cells=[(case.af.pk, PLAN)], form=ConsentForm.ORAL, by=case.worker)
    assert read(NOON) == "kartläggning"


def test_the_page_of_the_plan_closes_with_it(case, log_in) -> None:
    url = reverse("plan_detail", args=[case.enrolment.public_id])
    client = log_in(case.guest)
    consent = case.give(PLAN)
    assert client.get(url).status_code == 200
    case.give(HEALTH)
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    assert client.get(url).status_code == 404
    assert client.get(case.enrolment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        ("2026-11-30 22:59Z", "404"),
        ("2026-11-30 23:00Z", "plan"),
        ("2026-12-31 22:59:59Z", "plan"),
        ("2026-12-31 23:00Z", "404"),
    ],
)
def test_days_are_stockholm_s_and_the_last_one_counts(case, read, moment, found) -> None:
    """1 to 31 December: in winter Stockholm's day begins at 23 by universal time."""
    with time_machine.travel(NOON, tick=False):
        case.give(PLAN, first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert read(moment) == found


def test_a_renewal_goes_on_without_a_gap(case, read) -> None:
    with time_machine.travel(NOON, tick=False):
        renew_consent(consent=case.give(PLAN, last=date(2026, 12, 21)), by=case.worker)
    assert read("2026-12-21 12:00Z") == read("2026-12-22 12:00Z") == read("2027-01-21 12:00Z") == "plan"
    assert read("2027-01-22 12:00Z") == "404"


def test_another_party_s_consent_opens_nothing(case, read) -> None:
    with time_machine.travel(NOON, tick=False):
        case.give(PLAN, parties=[case.fk])
    assert read(NOON) == "404"


def test_the_owner_reads_all_of_its_own_all_the_time(case, log_in) -> None:
    consent = case.give(PLAN, ASSESSMENT)
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    text = log_in(case.worker).get(case.enrolment.get_absolute_url()).content.decode()
    assert "Kanarietext plan" in text
    assert "Kanarietext kartläggning" in text


@pytest.mark.parametrize("protection", [ProtectionLevel.NONE, ProtectionLevel.CONFIDENTIALITY_MARK])
@pytest.mark.parametrize("has_unit", [False, True])
def test_those_whom_the_page_names_are_those_whom_the_scope_lets_in(case, protection, has_unit) -> None:
    """The page names by one list of the party's people; the scope asks for one user at a time."""
    world = case.world
    people = [world.af_case_worker, world.af_coordinator]
    people += [worlds.member(world.project, world.af, role, f"Prov {role.label}") for role in Role]
    ended = worlds.member(world.project, world.af, Role.CASE_WORKER, "Prov Slutat")
    ended.is_active = False
    ended.save()
    CaseAssignmentFactory(enrolment=case.enrolment, user=ended, role=CaseRole.CONTACT)
    if has_unit:
        CaseAssignmentFactory(unit=True, enrolment=case.enrolment, organisation=world.af, role=CaseRole.CONTACT)
    Participant.objects.filter(pk=case.enrolment.participant_id).update(protection=protection)
    case.give(PLAN)
    let_in = {
        person.name
        for person in [*people, ended]
        if person.is_active
        and Enrolment.objects.shared_with(Scope.of(person, today())).filter(pk=case.enrolment.pk).exists()
    }
    enrolment = Enrolment.objects.select_related("participant").get(pk=case.enrolment.pk)
    assert let_in
    assert set(at_work(enrolment, [world.af.pk], on=today())[world.af.pk]) == let_in


@time_machine.travel(NOON, tick=False)
def test_phone_and_mail_stand_on_the_case_for_who_has_consent_for_contact(case, log_in) -> None:
    PersonIdentity.objects.update(phone="070-174 06 05", email="asa@example.se")
    case.give(PLAN)
    address = case.enrolment.get_absolute_url()
    contact = ('Telefon <a href="tel:0701740605">070-174 06 05</a>', "E-post asa@example.se")
    shown = [log_in(user).get(address).content.decode() for user in (case.worker, case.guest)]
    assert all(said in shown[0] for said in contact)
    assert not any(said in shown[1] for said in contact)
    case.give(Category.IDENTITY)
    assert all(said in log_in(case.guest).get(address).content.decode() for said in contact)
    Participant.objects.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    assert not any(said in log_in(case.worker).get(address).content.decode() for said in contact)
