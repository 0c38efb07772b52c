"""The step clock: when a step is due, cleared and held."""

import random
from datetime import date, timedelta

import pytest

from actionplans.enums import Outcome
from actionplans.models import StepAssessment, StepClock
from actionplans.steps.actions import withdraw_assessment
from actionplans.steps.clock import ClockedEnrolment, Judgement, clock_rows, clocks_of, refresh_project
from participants.models import Enrolment
from projects.actions import change_ladder, change_targets
from projects.ladder.ladders import load_template
from projects.models import ResultTarget
from tests.world.clocks import facts_of
from tests.world.deeds.steps import assess, happen
from tests.world.factories import EnrolmentFactory

MONTHS = {1: 3, 2: 6, 3: 9, 4: 12, 5: 12}
C, N, L = Outcome.CLEARED, Outcome.NOT_CLEARED, Outcome.LOST


def d(text: str) -> date:
    return date.fromisoformat(text)


def rows(enrolled: str, *said: tuple, exited: str | None = None, counts_higher: bool = True):
    """Clocks by step number. `said`: (step, assessed on, outcome, cleared on)."""
    period = ClockedEnrolment(d(enrolled), d(exited) if exited else None, "work" if exited else "")
    judged = [Judgement(step, d(on), outcome, d(cleared) if cleared else None) for step, on, outcome, cleared in said]
    targets = [
        ResultTarget(step_number=step, months=months, percent=50, counts_higher=counts_higher and step < 4)
        for step, months in MONTHS.items()
    ]
    return {row.step_number: row for row in clock_rows(period, judged, targets, range(1, 6))}


@pytest.mark.parametrize(
    ("enrolled", "step", "due"),
    [
        ("2026-01-12", 1, "2026-04-12"),
        ("2025-11-30", 1, "2026-02-28"),
        ("2023-11-30", 1, "2024-02-29"),
        ("2026-03-31", 1, "2026-06-30"),
        ("2025-12-31", 1, "2026-03-31"),
        ("2025-08-31", 2, "2026-02-28"),
        ("2025-08-29", 2, "2026-02-28"),
        ("2025-05-31", 3, "2026-02-28"),
        ("2024-02-29", 4, "2025-02-28"),
        ("2027-02-28", 5, "2028-02-28"),
    ],
)
def test_due_days_are_counted_in_calendar_months_from_the_enrolment(enrolled, step, due) -> None:
    assert rows(enrolled)[step].due_on == d(due)


def test_nothing_judged_is_nothing_cleared() -> None:
    row = rows("2026-01-12")[1]
    assert (row.cleared_on, row.reached_on, row.assessed_on, row.held_on_due, row.holds_now) == (
        None,
        None,
        None,
        False,
        False,
    )


def test_a_step_without_a_target_has_a_row_without_a_day() -> None:
    row = clock_rows(ClockedEnrolment(d("2026-01-12"), None, ""), [], [], [1])[0]
    assert (row.step_number, row.target, row.due_on, row.held_on_due) == (1, None, None, False)


def test_the_first_clearing_counts_even_when_written_after_a_later_one() -> None:
    found = rows(
        "2026-01-12", (1, "2026-06-01", C, "2026-05-30"), (1, "2026-06-02", C, "2026-03-10"), (1, "2026-02-01", N, None)
    )[1]
    assert found.cleared_on == d("2026-03-10")
    assert found.assessed_on == d("2026-02-01")


class TestHigherSteps:
    def test_reach_the_lower_ones_with_their_own_day(self) -> None:
        found = rows("2026-01-12", (3, "2026-03-01", C, "2026-02-20"), (1, "2026-04-01", C, "2026-03-30"))
        assert [found[step].reached_on for step in range(1, 6)] == [d("2026-02-20")] * 3 + [None] * 2
        assert [found[step].cleared_on for step in range(1, 6)] == [d("2026-03-30"), None, d("2026-02-20"), None, None]

    def test_do_not_assess_the_lower_ones(self) -> None:
        assert rows("2026-01-12", (3, "2026-03-01", C, "2026-02-20"))[1].assessed_on is None

    def test_are_held_for_the_lower_ones_only_where_the_target_says_so(self) -> None:
        said = (2, "2026-03-01", C, "2026-02-20")
        assert rows("2026-01-12", said)[1].held_on_due is True
        assert rows("2026-01-12", said, counts_higher=False)[1].held_on_due is False
        assert rows("2026-01-12", said)[1].holds_now is False


class TestHeldOnTheDueDay:
    """Enrolled 12 January: step 1 is due 12 April."""

    @pytest.mark.parametrize(
        ("said", "held", "now"),
        [
            ([(1, "2026-04-12", C, "2026-04-12")], True, True),
            ([(1, "2026-04-13", C, "2026-04-13")], False, True),
            ([(1, "2026-05-01", C, "2026-04-10")], True, True),
            ([(1, "2026-03-01", C, "2026-03-01"), (1, "2026-04-12", L, None)], False, False),
            ([(1, "2026-03-01", C, "2026-03-01"), (1, "2026-04-13", L, None)], True, False),
            ([(1, "2026-03-01", C, "2026-03-01"), (1, "2026-03-20", L, None), (1, "2026-04-10", C, "2026-04-10")],
             True, True),
            ([(1, "2026-03-01", C, "2026-03-01"), (1, "2026-03-20", N, None)], True, True),
            ([(1, "2026-03-01", C, "2026-03-01"), (1, "2026-03-01", L, None)], False, False),
        ],
    )  # fmt: skip
    def test_by_what_held_when_that_day_ended(self, said, held, now) -> None:
        found = rows("2026-01-12", *said)[1]
        assert (found.held_on_due, found.holds_now) == (held, now)

    def test_a_lost_step_keeps_the_day_it_was_cleared(self) -> None:
        found = rows("2026-01-12", (1, "2026-03-01", C, "2026-03-01"), (1, "2026-04-01", L, None))[1]
        assert found.cleared_on == found.reached_on == d("2026-03-01")

    def test_a_lost_lower_step_is_carried_by_a_held_higher_one(self) -> None:
        found = rows(
            "2026-01-12",
            (1, "2026-02-01", C, "2026-02-01"),
            (2, "2026-03-01", C, "2026-03-01"),
            (1, "2026-04-01", L, None),
        )
        assert found[1].held_on_due is True
        assert found[1].holds_now is False


class TestVersions:
    def test_an_enrolment_belongs_to_the_targets_in_force_on_its_day(self, world) -> None:
        later = load_template("model")["targets"]
        later[0]["months"] = 4
        change_targets(project=world.project, valid_from=d("2026-02-01"), targets=later, by=world.project_leader)
        before = EnrolmentFactory(project=world.project, enrolled_on=d("2026-01-31"))
        after = EnrolmentFactory(project=world.project, enrolled_on=d("2026-02-01"))
        due = {row.enrolment_id: row.due_on for row in clocks_of([before, after], {}) if row.step_number == 1}
        assert due == {before.pk: d("2026-04-30"), after.pk: d("2026-06-01")}

    def test_changed_targets_set_the_clocks_of_those_they_hold_for(self, world) -> None:
        later = load_template("model")["targets"]
        later[0]["months"] = 4
        change_targets(project=world.project, valid_from=d("2026-03-01"), targets=later, by=world.project_leader)
        due = dict(StepClock.objects.filter(step_number=1).values_list("enrolment", "due_on"))
        assert due[world.enrolment.pk] == d("2026-04-12")
        assert due[world.unassigned.pk] == d("2026-07-02")

    def test_a_longer_ladder_gives_later_enrolments_more_rows(self, world) -> None:
        steps = load_template("model")["steps"]
        extra = {**steps[-1], "number": 6, "name": "Håller i", "self_support": False}
        change_ladder(project=world.project, valid_from=d("2026-03-01"), steps=[*steps, extra], by=world.project_leader)
        numbers = StepClock.objects.order_by("step_number").values_list("step_number", flat=True)
        assert list(numbers.filter(enrolment=world.enrolment)) == [1, 2, 3, 4, 5]
        assert list(numbers.filter(enrolment=world.unassigned)) == [1, 2, 3, 4, 5, 6]


class TestWithdrawal:
    def test_sets_the_clock_as_if_the_assessment_had_never_been(self, world) -> None:
        assess(world, 1, C, d("2026-02-10"))
        before = facts_of(StepClock.objects.filter(enrolment=world.enrolment))
        wrong = assess(world, 2, C, d("2026-03-10"))
        assert facts_of(StepClock.objects.filter(enrolment=world.enrolment)) != before
        withdraw_assessment(assessment=wrong, reason="Fel person.", by=world.case_worker)
        assert facts_of(StepClock.objects.filter(enrolment=world.enrolment)) == before

    def test_of_a_loss_gives_the_step_back(self, world) -> None:
        assess(world, 1, C, d("2026-02-10"))
        before = facts_of(StepClock.objects.filter(enrolment=world.enrolment))
        lost = assess(world, 1, L, d("2026-03-10"))
        withdraw_assessment(assessment=lost, reason="Skrevs på fel deltagare.", by=world.case_worker)
        assert facts_of(StepClock.objects.filter(enrolment=world.enrolment)) == before

    def test_is_no_assessment_at_any_moment(self, world) -> None:
        fact = withdraw_assessment(assessment=assess(world, 1, C, d("2026-02-10")), reason="Fel.", by=world.case_worker)
        known = StepAssessment.objects.known_at
        assert not known(fact.recorded_at).filter(pk=fact.pk).exists()
        assert not known(fact.recorded_at + timedelta(days=1)).exists()
        assert known(fact.recorded_at - timedelta(microseconds=1)).count() == 1


@pytest.mark.parametrize("seed", range(8))
def test_the_clocks_written_along_the_way_equal_those_worked_out_from_all_facts(world, seed) -> None:
    refresh_project(world.project)
    chance = random.Random(seed)
    for _ in range(30):
        happen(world, chance)
    kept = facts_of(StepClock.objects.all())
    assert kept == facts_of(clocks_of(list(Enrolment.objects.all()), {}))
    assert kept, "histories without clocks prove nothing"
