"""Role by role: which page of participants opens, and that another organisation's case doesn't exist."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessEvent
from participants.enums import ProtectionLevel
from projects.enums import Role
from tests.world.factories import MembershipFactory
from tests.world.worlds import model_project

PROJECT_PAGES = ["participant_list", "participant_create"]
CASE_PAGES = ["enrolment_exit", "enrolment_correct", "enrolment_assign", "assessment_create"]

ALLOWED = {
    "case_worker": {
        "participant_list",
        "participant_create",
        "enrolment_exit",
        "enrolment_correct",
        "assessment_create",
    },
    "coordinator": {
        "participant_list",
        "participant_create",
        "enrolment_exit",
        "enrolment_correct",
        "enrolment_assign",
    },
    "project_leader": set(),
    "steering": set(),
    "administrator": set(),
    "log_reviewer": set(),
    "outsider": set(),
}
# Whoever sees no case at all is told that it doesn't exist, not that it is forbidden.
SEES_CASE = {"case_worker", "coordinator"}


@pytest.mark.parametrize("who", ALLOWED)
@pytest.mark.parametrize("name", PROJECT_PAGES)
def test_pages_of_the_project(world, log_in, who, name) -> None:
    answer = log_in(getattr(world, who)).get(reverse(name))
    assert answer.status_code == (200 if name in ALLOWED[who] else 403)


@pytest.mark.parametrize("who", ALLOWED)
@pytest.mark.parametrize("name", CASE_PAGES)
def test_pages_of_a_case(world, log_in, who, name) -> None:
    answer = log_in(getattr(world, who)).get(reverse(name, args=[world.enrolment.public_id]))
    assert answer.status_code == (200 if name in ALLOWED[who] else 403 if who in SEES_CASE else 404)


@pytest.mark.parametrize("who", ALLOWED)
@pytest.mark.parametrize("name", [*CASE_PAGES, "enrolment_reopen"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisations_case_does_not_exist(world, log_in, who, name, method) -> None:
    url = reverse(name, args=[world.af_enrolment.public_id])
    answer = getattr(log_in(getattr(world, who)), method)(url)
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ALLOWED)
def test_handing_out_from_the_list_is_the_coordinators(world, log_in, who) -> None:
    answer = log_in(getattr(world, who)).post(reverse("participant_assign"), {})
    assert answer.status_code == (200 if who == "coordinator" else 403)


def test_a_colleagues_case_does_not_exist_for_a_case_worker(world, log_in) -> None:
    client = log_in(world.case_worker)
    for name in CASE_PAGES:
        assert client.get(reverse(name, args=[world.unassigned.public_id])).status_code == 404


def test_a_protected_identity_is_not_in_the_coordinators_list(world, log_in) -> None:
    world.enrolment.participant.protection = ProtectionLevel.PROTECTED_REGISTRATION
    world.enrolment.participant.save()
    client = log_in(world.coordinator)
    assert "Öberg" not in client.get(reverse("participant_list")).content.decode()
    assert client.get(reverse("enrolment_correct", args=[world.enrolment.public_id])).status_code == 404
    assert "Öberg" in log_in(world.case_worker).get(reverse("participant_list")).content.decode()


def test_a_role_in_another_project_opens_nothing_here(world, log_in) -> None:
    other = model_project(name="Annat", register_number="PROV-9", host=world.ame)
    MembershipFactory(user=world.outsider, project=other, role=Role.COORDINATOR)
    client = log_in(world.outsider)
    assert client.get(reverse("enrolment_correct", args=[world.enrolment.public_id])).status_code == 404


def test_a_refusal_is_logged(world, log_in) -> None:
    log_in(world.case_worker).get(reverse("enrolment_exit", args=[world.af_enrolment.public_id]))
    assert AccessEvent.objects.get(user=world.case_worker).kind == "refused"


def test_nobody_logged_in_comes_to_the_log_in(world) -> None:
    for name in PROJECT_PAGES:
        assert Client().get(reverse(name))["Location"].startswith("/logga-in/")


def test_each_case_page_tells_the_log_about_its_person(world, log_in) -> None:
    client = log_in(world.case_worker)
    for name in sorted(ALLOWED["case_worker"] & set(CASE_PAGES)):
        client.get(reverse(name, args=[world.enrolment.public_id]))
        event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
        assert (event.part, event.subjects.get().person) == (name, world.enrolment.participant.public_id)
