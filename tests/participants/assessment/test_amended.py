"""A kartläggning that was wrong: corrected, taken back, or moved to the person whom it is about."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.forms.concurrency import ChangedMeanwhile
from participants.assessment.actions import record_assessment
from participants.assessment.corrections import correct_assessment, take_back_assessment
from participants.assessment.misplaced import put_assessment_right
from participants.models import Assessment, Enrolment, Misplacement
from projects.enums import Role
from reports.figures.past import cases_at
from tests.world import worlds
from tests.world.canary import rows_with
from tests.world.cases import days_ago, with_days
from tests.world.factories import CaseAssignmentFactory

CANARY = "Kanarietext om drivkrafter"


@pytest.fixture
def written(world, wrong) -> Assessment:
    return record_assessment(enrolment=wrong, completed_on=days_ago(40), summary=CANARY, by=world.case_worker)


def assessed_on(case: Enrolment):
    return Enrolment.objects.get(pk=case.pk).assessed_on


def test_a_wrong_day_that_is_corrected_no_longer_counts(world, wrong, written) -> None:
    correct_assessment(
        assessment=written, completed_on=days_ago(10), summary="Annat", why="Fel dag.", by=world.case_worker
    )
    assert assessed_on(wrong) == days_ago(10)
    old, new = Assessment.objects.order_by("pk")
    assert (old.summary.text, new.summary.text, new.why.text, new.corrects) == (CANARY, "Annat", "Fel dag.", old)


def test_taken_back_the_case_waits_for_one_again(world, wrong, written) -> None:
    waiting = Enrolment.objects.filter(pk=wrong.pk, first_due_on=wrong.enrolled_on + timedelta(days=14))
    with_days(wrong, planned_on=days_ago(50))
    assert not waiting.exists()
    end = take_back_assessment(assessment=written, reason="Blev inte av.", by=world.case_worker)
    assert assessed_on(wrong) is None
    assert waiting.all().exists()
    assert (end.taken_back, end.superseded_at) == (True, end.recorded_at)


def test_taken_back_the_later_one_counts(world, wrong, written) -> None:
    record_assessment(enrolment=wrong, completed_on=days_ago(5), by=world.case_worker)
    take_back_assessment(assessment=written, reason="Fel.", by=world.case_worker)
    assert assessed_on(wrong) == days_ago(5)


def test_only_its_author_and_the_coordinator_take_it_back(world, written, wrong) -> None:
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=wrong, user=colleague, role="substitute")
    with pytest.raises(PermissionDenied):
        take_back_assessment(assessment=written, reason="Fel.", by=colleague)
    take_back_assessment(assessment=written, reason="Fel.", by=world.coordinator)


def test_a_version_that_has_been_replaced_is_not_corrected_again(world, written) -> None:
    said = {"completed_on": days_ago(9), "why": "Fel dag.", "by": world.case_worker}
    correct_assessment(assessment=written, **said)
    with pytest.raises(ChangedMeanwhile):
        correct_assessment(assessment=written, **said)
    with pytest.raises(ChangedMeanwhile):
        take_back_assessment(assessment=written, reason="Fel.", by=world.case_worker)


def test_a_day_before_the_enrolment_is_refused_and_nothing_written(world, wrong, written) -> None:
    with pytest.raises(ValidationError):
        correct_assessment(assessment=written, completed_on=days_ago(61), why="Fel.", by=world.case_worker)
    assert Assessment.objects.get() == written
    assert assessed_on(wrong) == days_ago(40)


def test_moved_it_counts_for_the_right_person(world, wrong, right, written) -> None:
    put_assessment_right(assessment=written, right=right, by=world.case_worker)
    assert (assessed_on(wrong), assessed_on(right)) == (None, days_ago(40))
    moved = Assessment.objects.placed().get()
    assert (moved.enrolment, moved.summary.text, moved.recorded_by) == (right, CANARY, world.case_worker)
    assert [row.summary for row in Assessment.objects.exclude(pk=moved.pk)] == [None]
    assert {mark.enrolment_id for mark in Misplacement.objects.all()} == {wrong.pk, right.pk}


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_moved_all_its_versions_are_the_right_persons_history(world, wrong, right, written, is_taken_back) -> None:
    at = written.recorded_at
    new = correct_assessment(
        assessment=written, completed_on=days_ago(9), summary="Annat", why="Fel dag.", by=world.coordinator
    )
    now = take_back_assessment(assessment=new, reason="Fel.", by=world.case_worker) if is_taken_back else new
    put_assessment_right(assessment=now, right=right, by=world.case_worker)
    rows = list(Assessment.objects.placed().order_by("pk"))
    assert {row.enrolment for row in rows} == {right}
    said = [(row.recorded_at, row.recorded_by, row.summary.text, row.why and row.why.text) for row in rows[:2]]
    author, corrector = world.case_worker, world.coordinator
    assert said == [(at, author, CANARY, None), (new.recorded_at, corrector, "Annat", "Fel dag.")]
    assert rows[2].taken_back is is_taken_back
    assert assessed_on(right) == (None if is_taken_back else days_ago(9))
    left = Assessment.objects.filter(enrolment=wrong)
    assert {(row.summary, row.why) for row in left} == {(None, None)}
    assert {case.assessed_on for case in cases_at(world.project, new.recorded_at, [right.pk])} == {None}


def test_taken_away_its_words_are_nowhere(world, wrong, written) -> None:
    new = correct_assessment(
        assessment=written, completed_on=days_ago(9), summary=CANARY, why=CANARY, by=world.case_worker
    )
    put_assessment_right(assessment=new, right=None, by=world.case_worker)
    assert rows_with([CANARY]) == []
    assert assessed_on(wrong) is None


def test_it_is_not_moved_to_an_enrolment_that_began_later(world, wrong, right, written) -> None:
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=days_ago(3))
    with pytest.raises(ValidationError) as refused:
        put_assessment_right(assessment=written, right=right, by=world.case_worker)
    assert "right" in refused.value.message_dict
    assert assessed_on(wrong) == days_ago(40)
    assert not Misplacement.objects.exists()


def test_figures_of_the_past_have_it_where_it_stood(world, wrong, right, written) -> None:
    then = timezone.now()
    put_assessment_right(assessment=written, right=right, by=world.case_worker)

    def assessed(moment: datetime) -> dict[int, date | None]:
        return {case.enrolment: case.assessed_on for case in cases_at(world.project, moment, [wrong.pk, right.pk])}

    assert assessed(then)[wrong.pk] == days_ago(40)
    assert assessed(timezone.now())[wrong.pk] is None
