"""Invented enrolments never end up among real ones."""

import pytest
from django.core.management import CommandError, call_command

from participants.models import Enrolment
from tests.world.factories import EnrolmentFactory, UserFactory
from tests.world.worlds import model_project
from workshop.demo.cast import logins

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return model_project(register_number="MÄT-1")


def generate() -> int:
    call_command("generate_population", "--enrolments", "3", "--project", "MÄT-1")
    return Enrolment.objects.filter(project__register_number="MÄT-1").count()


@pytest.fixture
def demo_database():
    UserFactory(email=logins()[0][0])
    EnrolmentFactory()


def test_an_unused_database_is_written_in(project) -> None:
    assert generate() == 3


def test_the_demo_s_own_database_is_written_in(project, demo_database) -> None:
    assert generate() == 3


def refused(why: str) -> None:
    before = Enrolment.objects.count()
    with pytest.raises(CommandError, match=why):
        generate()
    assert Enrolment.objects.count() == before


def test_outside_development_mode_nothing_is_written(project, settings) -> None:
    settings.DEVELOPMENT = False
    refused("DEBUG=1")


def test_where_somebody_has_an_account_nothing_is_written(project) -> None:
    UserFactory(email="riktig@kommunen.se")
    refused("tom eller är demons egen")


def test_an_account_beside_the_demo_s_own_is_somebody_s_too(project, demo_database) -> None:
    UserFactory(email="riktig@kommunen.se")
    refused("tom eller är demons egen")


def test_a_register_that_was_imported_without_accounts_is_left_alone(project) -> None:
    EnrolmentFactory()
    refused("tom eller är demons egen")


def test_a_project_with_people_is_left_alone(project, demo_database) -> None:
    EnrolmentFactory(project=project)
    refused("redan deltagare")
