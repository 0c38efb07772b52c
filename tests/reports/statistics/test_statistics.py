"""The figures by hand: small tallies whose answers can be counted on the fingers."""

import ast
import sys
from pathlib import Path

import pytest
from statsmodels.stats.proportion import proportion_confint

from reports import statistics
from reports.statistics.curves import target_day
from reports.statistics.deadlines import DeadlineTally, deadline_adherence
from reports.statistics.proportions import Interval, Ratio, Status, TargetStanding, is_publishable, standing, wilson
from reports.statistics.steps import StepTally, Target, TargetResult, cleared_in_time, combine, combined_target

STEP_1 = Target(step=1, months=3, percent=75, counts_higher=True, exclusive=False)
STEP_4 = Target(step=4, months=12, percent=10, counts_higher=False, exclusive=True)
STEP_5 = Target(step=5, months=12, percent=10, counts_higher=False, exclusive=True)


def tally(count: int = 1, **changes: bool) -> StepTally:
    """Due, assessed, nothing cleared: what is changed is what the test is about."""
    plain = {
        "due": True,
        "never_due": False,
        "cleared_in_time": False,
        "left_before_due": False,
        "beyond_control": False,
        "assessed": True,
        "held": False,
    }
    return StepTally(count, **(plain | changes))


def cleared(count: int = 1, **changes: bool) -> StepTally:
    return tally(count, **({"cleared_in_time": True, "held": True} | changes))


def step_1(*rows: StepTally) -> TargetResult:
    return cleared_in_time(rows, STEP_1)


def test_nobody_enrolled_is_too_early_and_has_no_share() -> None:
    result = step_1()
    assert (result.enrolled, result.due, result.cleared_in_time) == (0, 0, 0)
    assert (result.share, result.interval, result.status) == (None, None, Status.TOO_EARLY)
    assert not result.small_base
    assert result.adjusted == Ratio(0, 0)
    assert result.adjusted.share is None


def test_a_tally_that_counts_nobody_changes_nothing() -> None:
    assert step_1(cleared(0), tally(0)) == step_1()


def test_a_step_cleared_before_its_day_waits_until_the_day_is_there() -> None:
    result = step_1(cleared(5, due=False))
    assert (result.enrolled, result.due, result.cleared_in_time, result.not_yet_due) == (5, 0, 0, 5)
    assert result.held == 0
    assert result.status is Status.TOO_EARLY


def test_who_left_with_the_project_is_never_due() -> None:
    result = step_1(tally(2, due=False, never_due=True, left_before_due=True), tally(3, due=False), cleared(4))
    assert (result.enrolled, result.due, result.never_due, result.not_yet_due) == (9, 4, 2, 3)
    assert result.left_before_due == 0


def test_due_and_never_due_at_once_is_refused() -> None:
    with pytest.raises(ValueError, match="never due"):
        tally(never_due=True)


def test_who_left_early_stays_in_the_denominator() -> None:
    result = step_1(cleared(6), tally(4, left_before_due=True))
    assert (result.due, result.share, result.left_before_due) == (10, 0.6, 4)


def test_who_cleared_and_then_left_is_not_counted_as_left_before_due() -> None:
    result = step_1(cleared(2, left_before_due=True), tally(3, left_before_due=True))
    assert (result.cleared_in_time, result.left_before_due) == (2, 3)


def test_who_left_before_a_day_not_yet_come_is_not_yet_due() -> None:
    result = step_1(tally(2, due=False, left_before_due=True))
    assert (result.left_before_due, result.not_yet_due) == (0, 2)


def test_the_second_figure_leaves_out_cleared_or_not() -> None:
    result = step_1(
        cleared(5),
        cleared(2, left_before_due=True, beyond_control=True),
        tally(3, left_before_due=True, beyond_control=True),
        tally(4, left_before_due=True),
        tally(1),
    )
    assert (result.cleared_in_time, result.due) == (7, 15)
    assert result.adjusted == Ratio(5, 10)


def test_a_reason_beyond_control_after_the_due_day_leaves_nobody_out() -> None:
    assert step_1(cleared(2, beyond_control=True), tally(1, beyond_control=True)).adjusted == Ratio(2, 3)


def test_not_assessed_is_told_apart_from_not_cleared() -> None:
    result = step_1(tally(3, assessed=False), tally(4), cleared(2, assessed=False), tally(5, due=False, assessed=False))
    assert (result.due, result.cleared_in_time, result.not_assessed) == (9, 2, 3)


def test_a_step_lost_later_is_still_cleared_in_time() -> None:
    result = step_1(cleared(3, held=False), cleared(2))
    assert (result.cleared_in_time, result.held) == (5, 2)


def test_a_person_enrolled_twice_counts_twice() -> None:
    assert step_1(cleared(), tally()) == step_1(tally(), cleared())
    assert step_1(cleared(), tally()).due == 2


@pytest.mark.parametrize(
    ("part", "due", "percent", "status"),
    [
        (3, 4, 75, Status.MET),
        (2, 4, 75, Status.NOT_MET),
        (7, 100, 7, Status.MET),
        (29, 100, 29, Status.MET),  # in floating point 0.29 × 100 is less than 29
        (74_999, 100_000, 75, Status.NOT_MET),
        (75_000, 100_000, 75, Status.MET),
        (0, 1, 0, Status.MET),
        (0, 0, 0, Status.TOO_EARLY),
        (0, 1, 1, Status.NOT_MET),
        (1, 1, 100, Status.MET),
    ],
)
def test_the_verdict_is_in_whole_numbers(part: int, due: int, percent: int, status: Status) -> None:
    target = Target(1, 3, percent, counts_higher=True, exclusive=False)
    assert cleared_in_time([cleared(part), tally(due - part)], target).status is status


@pytest.mark.parametrize(("due", "small"), [(0, False), (1, True), (9, True), (10, False)])
def test_fewer_than_ten_due_is_a_small_base_with_a_verdict(due: int, small: bool) -> None:
    result = step_1(cleared(due))
    assert result.small_base is small
    assert result.status is (Status.MET if due else Status.TOO_EARLY)


def test_step_4_or_5_has_its_own_count_against_the_sum_of_both() -> None:
    result = combined_target([cleared(2), tally(8)], [STEP_5, STEP_4])
    assert result is not None
    assert (result.target.step, result.target.months, result.target.percent) == (4, 12, 20)
    assert (result.cleared_in_time, result.due, result.status) == (2, 10, Status.MET)


@pytest.mark.parametrize("targets", [[], [STEP_4], [STEP_4, Target(5, 18, 10, counts_higher=False, exclusive=True)]])
def test_targets_that_share_no_due_day_are_not_added(targets: list[Target]) -> None:
    assert combine(targets) is None
    assert combined_target([cleared(2)], targets) is None


def test_wilson_of_nobody_is_nothing() -> None:
    assert wilson(0, 0) is None


def test_wilson_is_exact_at_its_ends() -> None:
    for due in range(1, 3000):
        none, every = ends(0, due), ends(due, due)
        assert none[0] == 0.0
        assert every[1] == 1.0
        assert 0 < none[1] == pytest.approx(1 - every[0], abs=1e-12)


def ends(part: int, due: int) -> tuple[float, float]:
    interval = wilson(part, due)
    assert interval is not None
    return interval.low, interval.high


@pytest.mark.parametrize("due", [1, 2, 3, 7, 10, 41, 100])
def test_wilson_agrees_with_statsmodels(due: int) -> None:
    for part in range(due + 1):
        oracle = proportion_confint(part, due, alpha=0.05, method="wilson")
        assert ends(part, due) == pytest.approx(oracle, abs=1e-9)


@pytest.mark.parametrize(("part", "due"), [(-1, 3), (4, 3), (0, -1)])
def test_counts_that_cannot_be_are_refused(part: int, due: int) -> None:
    with pytest.raises(ValueError, match="part"):
        wilson(part, due)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        tally(-1)


@pytest.mark.parametrize(
    ("months", "day"), [(0, 0), (1, 30), (3, 91), (6, 183), (8, 244), (9, 274), (12, 365), (24, 730)]
)
def test_the_target_stands_at_the_rounded_day(months: int, day: int) -> None:
    assert target_day(months) == day


def late(count: int = 1, *, days: int | None = None) -> DeadlineTally:
    return DeadlineTally(count, due=True, within=False, left_before=False, days=days)


def within(count: int = 1, *, days: int = 10) -> DeadlineTally:
    return DeadlineTally(count, due=True, within=True, left_before=False, days=days)


def test_nobody_has_no_share_within_14_days() -> None:
    result = deadline_adherence([])
    assert (result.enrolled, result.due, result.share, result.interval, result.median_days) == (0, 0, None, None, None)


def test_who_left_before_day_14_is_left_out_and_counted_done_or_not() -> None:
    left = [DeadlineTally(2, due, done, True, 3 if done else None) for due in (True, False) for done in (True, False)]
    result = deadline_adherence([*left, within(3), late(1)])
    assert (result.enrolled, result.due, result.within, result.left_before) == (12, 4, 3, 8)
    assert (result.share, result.interval, result.not_yet_due) == (0.75, wilson(3, 4), 0)


def test_done_before_day_14_has_passed_is_not_yet_due() -> None:
    result = deadline_adherence([DeadlineTally(2, False, True, False, 5), late(1)])
    assert (result.due, result.within, result.not_yet_due) == (1, 0, 2)


@pytest.mark.parametrize(
    ("rows", "median"),
    [
        ([within(days=4), within(days=6), late(days=30)], 6),
        ([within(days=4), within(days=6)], 4),
        ([within(days=0)], 0),
        ([within(days=4), late()], 4),
        ([within(days=4), late(2)], None),
        ([late(3, days=20), within(2, days=2)], 20),
        ([late(3)], None),
        ([within(0, days=1), within(2, days=9)], 9),
        ([within(0, days=1)], None),
    ],
)
def test_the_median_is_the_day_by_which_half_were_done(rows: list[DeadlineTally], median: int | None) -> None:
    assert deadline_adherence(rows).median_days == median


@pytest.mark.parametrize(("base", "shown"), [(0, False), (4, False), (9, False), (10, True), (11, True)])
def test_a_headline_figure_is_published_from_ten(base: int, shown: bool) -> None:
    assert is_publishable(base) is shown


def test_statuses_are_the_words_of_the_interface() -> None:
    assert [str(status) for status in Status] == ["met", "not_met", "too_early"]


# `docs.py` defines nothing: it writes down what the others say.
DEFINITIONS = sorted(
    path for path in Path(statistics.__path__[0]).glob("*.py") if path.name not in ("__init__.py", "docs.py")
)


def test_there_are_definitions_to_look_at() -> None:
    assert len(DEFINITIONS) >= 5


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_the_definitions_need_only_the_standard_library(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert named
    assert {name.split(".")[0] for name in named} - {"reports"} <= set(sys.stdlib_module_names)
    assert {
        name for name in named if name.startswith("reports") and not name.startswith("reports.statistics.")
    } == set()


@pytest.mark.parametrize(
    ("cleared", "due", "percent", "found"),
    [
        (95, 100, 75, TargetStanding.HOLDS),
        (75, 100, 75, TargetStanding.ON_THE_EDGE),
        (70, 100, 75, TargetStanding.ON_THE_EDGE),
        (40, 100, 75, TargetStanding.BELOW),
        (0, 40, 0, TargetStanding.HOLDS),
        (0, 0, 75, None),
    ],
)
def test_a_target_holds_is_on_the_edge_or_missed_by_the_whole_interval(cleared, due, percent, found) -> None:
    assert standing(wilson(cleared, due), percent) is found


def test_the_ends_of_the_interval_decide_themselves() -> None:
    assert standing(Interval(0.75, 0.9), 75) is TargetStanding.HOLDS
    assert standing(Interval(0.5, 0.75), 75) is TargetStanding.ON_THE_EDGE
