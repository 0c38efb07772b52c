"""`rebuild_step_clock`: what was bent is found, told and set right."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from actionplans.models import StepClock
from actionplans.steps.clock import refresh_project
from participants.changes import enrolments_changed
from participants.models import Enrolment, NamePart
from tests.world.cases import days_ago, met
from tests.world.clocks import facts_of
from tests.world.factories import EnrolmentFactory
from tests.world.worlds import model_project


@pytest.fixture
def clocks(world):
    refresh_project(world.project)
    return facts_of(StepClock.objects.all())


def run(*args: str) -> str:
    out = StringIO()
    call_command("rebuild_step_clock", *args, stdout=out)
    return out.getvalue()


def test_whole_clocks_are_left_as_they_are(world, clocks) -> None:
    assert "stämmer" in run()
    assert facts_of(StepClock.objects.all()) == clocks


def test_each_bent_missing_and_needless_row_is_counted_and_set_right(world, clocks) -> None:
    mine = StepClock.objects.filter(enrolment=world.enrolment)
    mine.filter(step_number=1).update(cleared_on=date(2026, 2, 2))
    mine.filter(step_number=2).delete()
    mine.filter(step_number=3).update(step_number=9)
    assert run().startswith("4 rader")
    assert facts_of(StepClock.objects.all()) == clocks


def test_check_changes_nothing_and_fails(world, clocks) -> None:
    StepClock.objects.filter(step_number=1, enrolment=world.enrolment).update(holds_now=True)
    with pytest.raises(SystemExit) as stopped:
        run("--check")
    assert stopped.value.code == 1
    assert StepClock.objects.filter(holds_now=True).count() == 1


@pytest.mark.parametrize(
    "bent", [{"code": 1}, {"event_on": date(2026, 2, 2)}, {"rise": 1}, {"stopped_on": date(2026, 2, 2)}, {"code": None}]
)
def test_what_figures_count_by_is_compared_too(world, clocks, bent) -> None:
    StepClock.objects.filter(step_number=1, enrolment=world.enrolment).update(**bent)
    assert run().startswith("1 rader")
    assert facts_of(StepClock.objects.all()) == clocks


def test_one_project_alone_leaves_the_others(world, clocks) -> None:
    other = EnrolmentFactory(project=model_project(host=world.ame, name="Annat", register_number="PROV-2"))
    assert run("--project", world.project.register_number).startswith("Stegklockorna")
    assert not StepClock.objects.filter(enrolment=other).exists()
    assert run("--project", "PROV-2").startswith("5 rader")
    assert StepClock.objects.filter(enrolment=other).count() == 5


def test_an_unknown_project_is_told(world) -> None:
    with pytest.raises(CommandError, match="PROV-404"):
        run("--project", "PROV-404")


def test_bent_days_are_counted_and_set_right(world, clocks) -> None:
    enrolments_changed(list(Enrolment.objects.values_list("pk", flat=True)))
    before = Enrolment.objects.values("first_due_on", "first_step_on").get(pk=world.enrolment.pk)
    assert all(before.values())
    Enrolment.objects.filter(pk=world.enrolment.pk).update(first_due_on=date(2026, 2, 2), first_step_on=None)
    with pytest.raises(SystemExit):
        run("--check", "--project", world.project.register_number)
    assert "2 dagar då något ska vara gjort skilde sig" in run("--project", world.project.register_number)
    assert Enrolment.objects.values("first_due_on", "first_step_on").get(pk=world.enrolment.pk) == before


def test_bent_first_days_are_set_right_too(world, clocks) -> None:
    enrolments_changed(list(Enrolment.objects.values_list("pk", flat=True)))
    met(world.enrolment, world.case_worker, days_ago(3))
    assert run("--check").endswith("Dagarna då något ska vara gjort stämmer.\n")
    Enrolment.objects.filter(pk=world.enrolment.pk).update(first_met_on=days_ago(5), first_placed_on=days_ago(2))
    with pytest.raises(SystemExit):
        run("--check")
    assert "1 dagar" in run()
    now = Enrolment.objects.get(pk=world.enrolment.pk)
    assert (now.first_met_on, now.first_placed_on) == (days_ago(3), None)


def test_parts_of_a_name_that_are_gone_or_nobodys_are_set_right(world, clocks) -> None:
    enrolments_changed(list(Enrolment.objects.values_list("pk", flat=True)))
    mine = NamePart.objects.filter(identity=world.enrolment.participant_id)
    before = set(mine.values_list("part", "is_start"))
    assert before
    mine.filter(is_start=True).delete()
    NamePart.objects.create(
        identity_id=world.enrolment.participant_id, organisation=world.ame, part="fel", is_start=False
    )
    with pytest.raises(SystemExit):
        run("--check")
    assert "Delarna av 1 namn skilde sig" in run()
    assert set(mine.values_list("part", "is_start")) == before
    assert "Delarna av namn, som sökning läser, stämmer." in run("--check")
