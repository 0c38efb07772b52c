"""Writes about projects, without the pages."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import AccessKind
from accounts.models import AccessEvent
from projects.actions import ChangedMeanwhileError, change_ladder, change_project, change_targets, newest
from projects.ladders import load_template
from projects.models import Ladder, Project, TargetVersion
from tests.factories import OrganisationFactory
from tests.worlds import model_project

STEPS, TARGETS = load_template()["steps"], load_template()["targets"]


def test_only_who_saw_the_present_version_may_save_however_saves_and_reads_are_mixed(world):
    """A thousand turns of four editors: every save from an old page is refused, every other one counts."""
    chance, project, seen = random.Random(7), world.project, [1, 1, 1, 1]
    saved, refused = 0, 0
    for turn in range(1000):
        editor = chance.randrange(4)
        if chance.random() < 0.5:
            seen[editor] = Project.objects.values_list("version", flat=True).get(pk=project.pk)
            continue
        current = Project.objects.values_list("version", flat=True).get(pk=project.pk)
        data = {"purpose": f"Tur {turn}"}
        try:
            change_project(project=project, version=seen[editor], data=data, organisations=[], by=world.project_leader)
        except ChangedMeanwhileError:
            refused += 1
            assert seen[editor] != current
        else:
            saved += 1
            assert seen[editor] == current
    assert saved
    assert refused
    assert Project.objects.get(pk=project.pk).version == 1 + saved


@pytest.mark.parametrize(
    ("change", "model", "content"),
    [(change_ladder, Ladder, {"steps": STEPS}), (change_targets, TargetVersion, {"targets": TARGETS})],
)
def test_a_version_made_from_an_old_page_is_refused(world, change, model, content):
    seen = newest(model, world.project).public_id
    arguments = {"project": world.project, "by": world.project_leader, "seen": seen, **content}
    change(valid_from=date(2030, 1, 1), **arguments)
    for day in (date(2030, 1, 1), date(2031, 1, 1)):
        with pytest.raises(ChangedMeanwhileError):
            change(valid_from=day, **arguments)
    assert model.objects.filter(project=world.project).count() == 2


def test_each_write_is_in_the_log(world):
    by = world.project_leader
    change_project(project=world.project, version=1, data={}, organisations=[], by=by)
    change_ladder(project=world.project, valid_from=date(2030, 1, 1), steps=STEPS, by=by)
    change_targets(project=world.project, valid_from=date(2030, 1, 1), targets=TARGETS, by=by)
    events = AccessEvent.objects.filter(user=by, kind=AccessKind.CHANGE).order_by("number")
    assert [event.part for event in events] == ["project_edit", "ladder_edit", "targets_edit"]


def test_a_refused_write_leaves_nothing_behind(world):
    with pytest.raises(ValidationError, match="Steg 5 har ett resultatmål"):
        change_ladder(project=world.project, valid_from=date(2030, 1, 1), steps=STEPS[:4], by=world.project_leader)
    assert Ladder.objects.count() == 1
    assert not AccessEvent.objects.filter(user=world.project_leader).exists()


def test_a_step_can_go_once_its_target_has_ended(world):
    by = world.project_leader
    change_targets(project=world.project, valid_from=date(2029, 1, 1), targets=TARGETS[:4], by=by)
    with pytest.raises(ValidationError):
        change_ladder(project=world.project, valid_from=date(2028, 12, 31), steps=STEPS[:4], by=by)
    ladder = change_ladder(project=world.project, valid_from=date(2029, 1, 1), steps=STEPS[:4], by=by)
    assert ladder.steps.count() == 4


def test_parties_follow_the_choice_and_the_host_stays(world):
    extra = OrganisationFactory(name="Regionen")
    project = change_project(project=world.project, version=1, data={}, organisations=[extra], by=world.project_leader)
    assert {party.organisation for party in project.parties.all()} == {world.ame, extra}
    change_project(project=project, version=2, data={}, organisations=[], by=world.project_leader)
    assert {party.organisation for party in project.parties.all()} == {world.ame}


def test_two_projects_do_not_disturb_each_other(world):
    other = model_project(register_number="PROV-2", host=world.af)
    seen = newest(Ladder, world.project).public_id
    change_ladder(project=other, valid_from=date(2030, 1, 1), steps=STEPS, by=world.project_leader)
    change_ladder(project=world.project, valid_from=date(2030, 1, 1), steps=STEPS, by=world.project_leader, seen=seen)
    assert Ladder.objects.filter(project=other).count() == Ladder.objects.filter(project=world.project).count() == 2
