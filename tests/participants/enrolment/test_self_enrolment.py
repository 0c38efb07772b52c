"""Enrolling oneself is asked about once, saved with the answer, and shown to the coordinator."""

import pytest

from core.days.dates import today
from participants.models import Enrolment, SelfEnrolment
from participants.scope.scope import Scope
from participants.self_enrolment.notices import looks_like, unseen
from participants.void.chain import ask_to_void, confirm_void
from projects.enums import Role
from tests.world.pages import faults, submit
from tests.world.worlds import member

pytestmark = pytest.mark.django_db

URL = "/deltagare/ny/"
OTHER = {"given_name": "Inga", "family_name": "Ny", "source": "social_services"}
SELF = {**OTHER, "given_name": "Hanna", "family_name": "Handläggare"}


@pytest.mark.parametrize(
    ("given", "family", "email", "is_like"),
    [
        ("Hanna", "Handläggare", "", True),
        ("hanna maria", "handläggare", "", True),
        ("Hanna", "Ek", "", False),
        ("Inga", "Handläggare", "", False),
        ("Inga", "Ny", "HANNA@example.se", True),
        ("Inga", "Ny", "inga@example.se", False),
        ("", "Handläggare", "", False),
    ],
)
def test_name_or_address_tells(world, given, family, email, is_like) -> None:
    world.case_worker.email = "hanna@example.se"
    assert looks_like(world.case_worker, given_name=given, family_name=family, email=email) == is_like


class TestTheForm:
    def test_it_asks_once_and_keeps_what_was_typed(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        answer = submit(client, URL, **SELF)
        assert faults(answer) == {"is_self": ["Namnet eller e-posten är din egen. Svara ja eller nej, eller rätta."]}
        assert 'value="Handläggare"' in answer.content.decode()
        assert "Är det du själv som skrivs in?" in answer.content.decode()
        assert not Enrolment.objects.filter(participant__identity__family_name="Handläggare").exists()
        assert submit(client, URL, **SELF, is_self="yes").status_code == 302
        assert SelfEnrolment.objects.get().is_self

    def test_others_are_not_asked_about(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        assert "Är det du själv" not in client.get(URL).content.decode()
        assert submit(client, URL, **OTHER, is_self="yes").status_code == 302
        assert not SelfEnrolment.objects.exists()

    def test_somebody_with_the_same_name_is_shown_too(self, world, log_in) -> None:
        submit(log_in(world.case_worker), URL, **SELF, is_self="no")
        assert not SelfEnrolment.objects.get().is_self


class TestTheCoordinator:
    @pytest.fixture
    def found(self, world, log_in) -> SelfEnrolment:
        submit(log_in(world.case_worker), URL, **SELF, is_self="yes")
        return SelfEnrolment.objects.get()

    def test_sees_it_until_it_is_taken_off(self, world, log_in, found) -> None:
        client = log_in(world.coordinator)
        html = client.get("/").content.decode()
        assert "Hanna Handläggare skrev in någon som ser ut att vara Hanna Handläggare" in html
        assert "ja, det är jag" in html
        answer = client.post("/deltagare/sjalv/sett/", {"besked": str(found.public_id)})
        assert answer["Location"] == "/"
        assert "skrev in någon som ser ut" not in client.get("/").content.decode()
        found.refresh_from_db()
        assert found.seen_by == world.coordinator

    def test_sees_it_where_it_is_wrongly_registered_since(self, world, log_in, found) -> None:
        ask_to_void(enrolment=found.enrolment, why="Fel person", home="", by=world.coordinator)
        confirm_void(enrolment=found.enrolment, why="Bara jag", home="", by=world.coordinator)
        assert unseen(Scope.of(world.coordinator, today()), world.project) == [found]
        assert "Har någon skrivit in sig själv?" in log_in(world.coordinator).get("/").content.decode()

    @pytest.mark.parametrize("who", ["case_worker", "af_coordinator", "af_case_worker"])
    def test_nobody_else_takes_it_off(self, world, log_in, found, who, caplog) -> None:
        client = log_in(getattr(world, who))
        assert "skrev in någon som ser ut" not in client.get("/").content.decode()
        assert client.post("/deltagare/sjalv/sett/", {"besked": str(found.public_id)}).status_code == 404
        assert len(unseen(Scope.of(world.coordinator, today()), world.project)) == 1

    def test_a_coordinator_leaves_their_own_to_another(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        submit(client, URL, **{**OTHER, "given_name": "Samira", "family_name": "Samordnare"}, is_self="yes")
        data = {"besked": str(SelfEnrolment.objects.get().public_id)}
        assert client.post("/deltagare/sjalv/sett/", data).status_code == 404
        other = member(world.project, world.ame, Role.COORDINATOR, "Kim Ek")
        assert log_in(other).post("/deltagare/sjalv/sett/", data).status_code == 302
