"""The list of what others share: under aliases where the name isn't shared, with as many queries whatever there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessEvent
from casework.caseload import shared_views as shared
from core.days.dates import today
from core.enums import Category
from participants.enums import CaseRole, ProtectionLevel
from participants.models import CaseAssignment, Enrolment, Participant
from participants.scope import scope as access
from participants.scope.scope import Scope
from projects.enums import Role
from tests.world import consent_rows as consents
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory
from tests.world.factories.access import EmergencyAccessFactory
from tests.world.factories.plans import MeetingFactory
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.django_db
URL = "/deltagare/delade/"


def share(world, count, *categories):
    made = []
    for number in range(count):
        case = EnrolmentFactory(project=world.project, owner=world.ame, family_name=f"Hemligsson{number}")
        CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, organisation=world.af, role=CaseRole.CONTACT)
        consents.give(case, [world.af], list(categories), by=world.case_worker)
        made.append(case)
    return made


def test_says_whose_they_are_what_is_open_and_until_when(world, log_in):
    named, unnamed = share(world, 1, Category.IDENTITY, Category.PLAN) + share(world, 1, Category.MEETINGS)
    said = log_in(world.af_case_worker).get(URL).content.decode()
    assert named.participant.identity.full_name in said
    assert unnamed.participant.alias in said
    assert said.count("Vuxenenheten") == 2
    assert "namn och kontakt, handlingsplan och delmål" in said


def test_the_name_of_one_who_is_shown_by_alias_is_nowhere(world, log_in):
    (case,) = share(world, 1, Category.MEETINGS)
    said = log_in(world.af_case_worker).get(URL).content.decode()
    assert "Hemligsson" not in said
    assert str(case.public_id) in said


def test_the_own_list_leads_there_and_so_does_the_start_page_of_whoever_has_nothing_else(world, log_in):
    worker = log_in(world.af_case_worker)
    assert URL in worker.get("/deltagare/").content.decode()
    guest = member(world.project, world.af, Role.CASE_WORKER, "Bara Gäst")
    client = log_in(guest)
    assert URL not in client.get("/").content.decode()
    (case,) = share(world, 1, Category.PLAN)
    CaseAssignmentFactory(enrolment=case, user=guest, organisation=world.af, role=CaseRole.CONTACT)
    assert URL in client.get("/").content.decode()


def test_without_anything_shared_it_says_why(world, log_in):
    assert "Inga delade ärenden" in log_in(world.case_worker).get(URL).content.decode()


def test_everybody_shown_is_in_the_log(world, log_in):
    cases = share(world, 3, Category.PLAN)
    log_in(world.af_case_worker).get(URL)
    event = AccessEvent.objects.filter(user=world.af_case_worker).latest("number")
    assert set(event.subjects.values_list("person", flat=True)) == {case.participant.public_id for case in cases}


@pytest.mark.parametrize("who", ["af_case_worker", "af_coordinator"])
def test_asks_the_database_equally_often_however_many_there_are(world, log_in, monkeypatch, who):
    monkeypatch.setattr(access, "FEW", 10)
    client = log_in(getattr(world, who))
    share(world, 2, Category.PLAN)
    client.get(URL)
    counts = []
    for more in (0, 15):
        share(world, more, Category.STEPS, Category.IDENTITY)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("few", [0, 1000], ids=["much is open", "little is open"])
def test_shows_the_same_cases_whether_much_or_little_is_open(world, log_in, monkeypatch, few):
    monkeypatch.setattr(access, "FEW", few)
    live, renewed = share(world, 2, Category.PLAN, Category.STEPS)
    consents.give(renewed, [world.af], [Category.PLAN], by=world.case_worker)
    taken_back, over, _never = share(world, 3)
    consents.withdraw(consents.give(taken_back, [world.af], [Category.PLAN], by=world.case_worker), Category.PLAN)
    month, yesterday = today() - timedelta(days=30), today() - timedelta(days=1)
    consents.give(over, [world.af], [Category.PLAN], by=world.case_worker, valid_from=month, valid_through=yesterday)
    (written,) = share(world, 1)
    MeetingFactory(enrolment=written, concerns_on=month, owner=world.af)
    for user in (world.af_case_worker, world.af_coordinator):
        said = log_in(user).get(URL).content.decode()
        shown = {case for case in Enrolment.objects.all() if str(case.public_id) in said}
        assert shown == {live, renewed, written}


def listed_to(user):
    """The list, which must be what `shared` lets through."""
    found = set(Enrolment.objects.shared_with(Scope.of(user, today())))
    assert found == set(Enrolment.objects.filter(Scope.of(user, today()).shared()))
    return found


@pytest.mark.parametrize("few", [0, 1000], ids=["much is open", "little is open"])
def test_holds_the_same_cases_by_whatever_way_one_is_let_in(world, monkeypatch, few):
    monkeypatch.setattr(access, "FEW", few)
    named, protected, by_unit, protected_by_unit, in_emergency = share(world, 5, Category.PLAN)
    hidden = Participant.objects.filter(enrolments__in=[protected, protected_by_unit])
    hidden.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    CaseAssignment.objects.filter(enrolment__in=[by_unit, protected_by_unit]).update(user=None)
    CaseAssignment.objects.filter(enrolment=in_emergency).delete()
    contact = world.af_case_worker
    EmergencyAccessFactory(enrolment=in_emergency, user=contact)
    assert listed_to(contact) == {named, protected, by_unit}
    elsewhere = model_project(host=world.af, name="Annat", register_number="PROV-2026-2")
    MembershipFactory(user=contact, project=elsewhere, role=Role.COORDINATOR)
    assert listed_to(contact) == {named, protected, by_unit}
    assert listed_to(world.af_coordinator) == {named, by_unit, in_emergency}


def test_turns_its_leaves_without_counting(world, log_in, monkeypatch):
    monkeypatch.setattr(shared, "PAGE_SIZE", 2)
    cases = share(world, 3, Category.PLAN)
    client = log_in(world.af_case_worker)
    first, second = (client.get(URL, {"sida": number}).content.decode() for number in (1, 2))
    assert "Visar 1–2" in first
    assert "?sida=2" in first
    assert "Visar 3–3" in second
    assert "?sida=1" in second
    assert [sum(str(case.public_id) in said for case in cases) for said in (first, second)] == [2, 1]
