"""The command that sets a project up."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from projects.models import Project
from tests.factories import OrganisationFactory, ProjectFactory

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
    assert [(one.step_number, one.percent, one.months) for one in targets] == [
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
