"""The command that sets a project up."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Duty
from accounts.models import AccessEvent, Organisation, User
from core.days.dates import today
from projects.enums import Role
from projects.models import Membership, Project
from tests.world.factories import OrganisationFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


def create(capsys, project="AME 2026:7", name="Vägen in", organisation="Arbetsmarknadsenheten"):
    call_command("create_project", project=project, name=name, organisation=organisation)
    return capsys.readouterr().out


def test_the_project_has_the_model_ladder_and_targets_and_no_period(capsys):
    said = create(capsys)
    project = Project.objects.get()
    assert said == (
        "Projektet Vägen in (AME 2026:7) är skapat hos Arbetsmarknadsenheten, med modellstegen och dess resultatmål.\n"
    )
    assert [step.name for step in project.ladders.get().steps.all()][:2] == ["Deltar", "Tar ansvar"]
    targets = project.target_versions.get().targets.all()
    assert [(target.step_number, target.percent, target.months) for target in targets] == [
        (1, 75, 3),
        (2, 60, 6),
        (3, 35, 9),
        (4, 10, 12),
        (5, 10, 12),
    ]
    assert (project.starts_on, project.ends_on) == (None, None)
    assert [party.organisation for party in project.parties.all()] == [project.host]


def test_an_organisation_that_is_there_becomes_the_host(capsys):
    there = OrganisationFactory(name="Arbetsmarknadsenheten")
    create(capsys, organisation=" Arbetsmarknadsenheten ")
    assert Project.objects.get().host == there
    assert Organisation.objects.count() == 1


def test_a_register_number_in_use_is_refused_and_leaves_nothing_behind(capsys):
    ProjectFactory(register_number="AME 2026:7", host__name="Värden")
    with pytest.raises(CommandError, match="Diarienumret används redan av ett annat projekt"):
        create(capsys)
    assert Project.objects.count() == 1
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Värden"]


@pytest.mark.parametrize("missing", ["project", "name", "organisation"])
def test_nothing_is_made_without_all_three(capsys, missing):
    with pytest.raises(CommandError, match=f"--{missing} kan inte vara tomt"):
        create(capsys, **{missing: "  "})
    assert not Project.objects.exists()
    assert not Organisation.objects.exists()


class TestTheFirstCoordinator:
    @pytest.fixture
    def samira(self):
        return UserFactory(organisation__name="Arbetsmarknadsenheten", name="Samira Samordnare")

    def appoint(self, user, **more):
        call_command("create_project", project="AME 2026:7", coordinator=user.email, **more)

    def test_comes_with_the_project(self, samira, capsys):
        self.appoint(samira, name="Vägen in", organisation="Arbetsmarknadsenheten")
        assert Membership.objects.get().user == samira
        assert "Samira Samordnare är samordnare i Vägen in." in capsys.readouterr().out
        event = AccessEvent.objects.get(part="coordinator_appoint")
        assert (event.user, event.reason) == (User.objects.system(), str(samira.public_id))

    def test_comes_to_a_project_that_lacks_one(self, samira, capsys):
        create(capsys)
        self.appoint(samira)
        assert Membership.objects.get().role == Role.COORDINATOR

    def test_is_refused_where_there_is_one(self, samira, capsys):
        create(capsys)
        self.appoint(samira)
        other = UserFactory(organisation=samira.organisation)
        with pytest.raises(CommandError, match="redan en samordnare: Samira Samordnare"):
            self.appoint(other)
        Membership.objects.update(valid_from=today() + timedelta(days=9))
        with pytest.raises(CommandError, match="redan en samordnare"):
            self.appoint(other)

    def test_needs_a_reason_where_there_has_been_one(self, samira, capsys):
        create(capsys)
        self.appoint(samira)
        Membership.objects.update(valid_from=today() - timedelta(days=9), valid_until=today())
        other = UserFactory(organisation=samira.organisation)
        with pytest.raises(CommandError, match="--reason"):
            self.appoint(other)
        self.appoint(other, reason="Samira har slutat")
        event = AccessEvent.objects.filter(part="coordinator_appoint").latest("number")
        assert event.note.body.text == "Samira har slutat"

    def test_works_in_projects_with_a_party_and_an_open_account(self, samira, capsys):
        create(capsys)
        stranger = UserFactory(organisation__name="En annan")
        duty = UserFactory(organisation=samira.organisation, duty=Duty.ADMINISTRATOR)
        closed = UserFactory(organisation=samira.organisation, is_active=False)
        for wrong, words in ((stranger, "inte med i projektet"), (duty, "arbetar inte"), (closed, "stängt konto")):
            with pytest.raises(CommandError, match=words):
                self.appoint(wrong)
        with pytest.raises(CommandError, match="Ingen har kontot"):
            call_command("create_project", project="AME 2026:7", coordinator="ingen@example.se")
        assert not Membership.objects.exists()

    def test_isnt_put_in_another_project_by_mistake(self, samira, capsys):
        create(capsys)
        with pytest.raises(CommandError, match="--name stämmer inte"):
            self.appoint(samira, name="Något annat")

    def test_a_wrong_address_makes_no_project(self, capsys):
        with pytest.raises(CommandError, match="Ingen har kontot"):
            call_command("create_project", project="X", name="Ny", organisation="Nya", coordinator="ingen@example.se")
        assert not Project.objects.exists()
        assert not Organisation.objects.filter(name="Nya").exists()
