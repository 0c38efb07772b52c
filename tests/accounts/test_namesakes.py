"""People with one name are told apart wherever they are chosen or named."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.urls import reverse

from accounts import migrations
from accounts.enums import AccessKind
from accounts.log.access import log_access
from accounts.models import User
from accounts.namesakes import shown_name
from core.days.dates import today
from oversight.log.has_read import readers_of
from participants.models import CaseAssignment
from projects.enums import Role
from tests.world.factories import CaseAssignmentFactory, OrganisationFactory, UserFactory
from tests.world.worlds import member

pytestmark = pytest.mark.django_db


def test_the_only_one_has_nothing_but_the_name() -> None:
    assert str(UserFactory(name="Kim Ek")) == "Kim Ek"


def test_by_organisation_where_that_is_enough() -> None:
    first = UserFactory(name="Kim Ek", organisation=OrganisationFactory(name="Vux"))
    second = UserFactory(name="kim ek", organisation=OrganisationFactory(name="AF"))
    first.refresh_from_db()
    assert (str(first), str(second)) == ("Kim Ek (Vux)", "kim ek (AF)")


def test_else_by_the_first_part_of_the_address_and_at_last_by_all_of_it() -> None:
    place = OrganisationFactory()
    for email in ("kim.ek@vux.se", "kim.ek@af.se", "kim.ek2@vux.se"):
        UserFactory(name="Kim Ek", organisation=place, email=email)
    said = [str(user) for user in User.objects.filter(name="Kim Ek").order_by("pk")]
    assert said == ["Kim Ek (kim.ek@vux.se)", "Kim Ek (kim.ek@af.se)", "Kim Ek (kim.ek2)"]


def test_a_name_that_changes_lets_go_of_it() -> None:
    place = OrganisationFactory()
    first, second = (UserFactory(name="Kim Ek", organisation=place) for _ in range(2))
    second.name = "Kim Al"
    second.save()
    first.refresh_from_db()
    assert (str(first), str(second)) == ("Kim Ek", "Kim Al")


def test_a_query_says_what_the_user_says(world) -> None:
    UserFactory(name=world.case_worker.name, organisation=world.ame)
    rows = CaseAssignment.objects.filter(user=world.case_worker).values_list(shown_name("user"), flat=True)
    world.case_worker.refresh_from_db()
    assert set(rows) == {str(world.case_worker)}
    assert "(" in str(world.case_worker)


class TestWhereTheyStand:
    @pytest.fixture
    def namesakes(self, world) -> list[User]:
        """Two case workers of one organisation, with one name."""
        for _ in range(2):
            member(world.project, world.ame, Role.CASE_WORKER, "Kim Ek")
        return list(User.objects.filter(name="Kim Ek"))

    @pytest.mark.parametrize(
        "path",
        ["/deltagare/ny/", "/deltagare/ny/skyddad/", "/deltagare/", "/deltagare/overlamna/", "ansvarig", "medarbetare"],
    )
    def test_each_choice_of_a_colleague_tells_them_apart(self, world, namesakes, log_in, path) -> None:
        CaseAssignmentFactory(enrolment=world.unassigned, user=namesakes[0])
        url = path if path.startswith("/") else f"/inskrivningar/{world.enrolment.public_id}/{path}/"
        html = log_in(world.coordinator).get(url).content.decode()
        for user in namesakes:
            assert str(user) in html

    def test_the_case_its_history_and_who_has_read(self, world, namesakes, log_in) -> None:
        kim = namesakes[1]
        CaseAssignmentFactory(enrolment=world.unassigned, user=kim)
        client = log_in(world.coordinator)
        for name in ("enrolment_detail", "case_people"):
            assert str(kim) in client.get(reverse(name, args=[world.unassigned.public_id])).content.decode()
        log_access(user=kim, kind=AccessKind.READ, part="home", persons=[world.unassigned.participant.public_id])
        (day,) = readers_of(world.unassigned.participant.public_id)
        assert str(kim) in {reader.who for reader in day.readers}
        assert day.on == today()

    def test_the_list_names_the_responsible(self, world, namesakes, log_in) -> None:
        CaseAssignmentFactory(enrolment=world.unassigned, user=namesakes[1])
        rows = log_in(world.coordinator).get("/deltagare/").content.decode()
        assert rows.count(str(namesakes[1])) > 1


def test_an_upgrade_tells_those_apart_who_are_there(world) -> None:
    UserFactory(name=world.case_worker.name, organisation=world.ame)
    before = list(User.objects.order_by("pk").values_list("distinction", flat=True))
    User.objects.update(distinction="")
    (name,) = (
        name for _, name, _ in pkgutil.iter_modules(migrations.__path__) if name.endswith("namesakes_told_apart")
    )
    importlib.import_module(f"{migrations.__name__}.{name}").tell_apart(apps, None)
    assert list(User.objects.order_by("pk").values_list("distinction", flat=True)) == before
