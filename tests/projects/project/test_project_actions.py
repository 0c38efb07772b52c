"""Writes about projects, without the pages."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import AccessKind
from accounts.models import AccessEvent
from actionplans.steps.clock import differing_clocks, refresh_clocks
from core.forms.concurrency import ChangedMeanwhile
from projects.actions import change_ladder, change_project, change_targets, newest
from projects.ladder.ladders import load_template
from projects.ladder.versions import FROM_THE_START
from projects.models import Ladder, Project, TargetVersion
from tests.world.factories import OrganisationFactory
from tests.world.worlds import model_project

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
        except ChangedMeanwhile:
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
        with pytest.raises(ChangedMeanwhile):
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


def other_words(steps):
    return [{**step, "name": f"{step['name']} igen", "meaning": "Med andra ord"} for step in steps]


@pytest.mark.parametrize(
    ("valid_from", "steps", "expected"),
    [
        (FROM_THE_START, other_words(STEPS), 0),
        (date(2026, 2, 1), other_words(STEPS), 0),
        (FROM_THE_START, [*STEPS, {**STEPS[4], "number": 6}], 1),
        (date(2026, 2, 1), [*STEPS, {**STEPS[4], "number": 6}], 1),
    ],
)
def test_clocks_are_worked_out_anew_only_when_the_ladder_has_other_steps(
    world, monkeypatch, valid_from, steps, expected
):
    refreshed = []
    monkeypatch.setattr("projects.actions.after_project_change", [refreshed.append])
    change_ladder(project=world.project, valid_from=valid_from, steps=steps, by=world.project_leader)
    assert refreshed == [world.project] * expected


def test_clocks_are_worked_out_anew_when_targets_are_decided_anew(world, monkeypatch):
    refreshed = []
    monkeypatch.setattr("projects.actions.after_project_change", [refreshed.append])
    targets = [{**target, "months": target["months"] + 1} for target in TARGETS]
    change_targets(project=world.project, valid_from=FROM_THE_START, targets=targets, by=world.project_leader)
    assert refreshed == [world.project]


def test_however_a_ladder_is_changed_the_clocks_say_what_they_should(world):
    """Steps added and taken away, and texts changed, from days before and after the enrolments."""
    chance, project = random.Random(5), world.project
    ids = [world.enrolment.pk, world.unassigned.pk, world.af_enrolment.pk]
    refresh_clocks(ids)
    for _ in range(30):
        day = chance.choice([FROM_THE_START, date(2026, 1, 20), date(2026, 2, 10), date(2026, 5, 1)])
        extra = [{**STEPS[4], "number": number} for number in range(6, 6 + chance.choice([0, 0, 1, 2]))]
        change_ladder(project=project, valid_from=day, steps=other_words([*STEPS, *extra]), by=world.project_leader)
        assert differing_clocks(ids) == 0


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
