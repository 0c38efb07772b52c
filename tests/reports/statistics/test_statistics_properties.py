"""What must hold for any tallies whatever, and a slow row-by-row count as the oracle."""

from collections.abc import Sequence
from dataclasses import fields, replace
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics.curves import CurvePoint, DurationTally, by_month, kaplan_meier, median_days
from reports.statistics.deadlines import DeadlineTally, deadline_adherence
from reports.statistics.proportions import Status, wilson
from reports.statistics.steps import StepTally, Target, cleared_in_time

CLOSE = 1e-9
Row = TypeVar("Row", StepTally, DurationTally, DeadlineTally)


def step_tally(count: int, fate: str, flags: tuple[bool, ...]) -> StepTally:
    return StepTally(count, fate == "due", fate == "never_due", *flags)


step_tallies = st.lists(
    st.builds(
        step_tally,
        st.integers(0, 5),
        st.sampled_from(["due", "never_due", "waiting"]),
        st.tuples(*[st.booleans()] * 5),
    ),
    max_size=25,
)
durations = st.lists(st.builds(DurationTally, st.integers(0, 4), st.integers(0, 12), st.booleans()), max_size=25)
deadlines = st.lists(
    st.builds(
        DeadlineTally,
        st.integers(0, 4),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.none() | st.integers(0, 40),
    ),
    max_size=25,
)
targets = st.builds(Target, st.integers(1, 5), st.integers(1, 24), st.integers(0, 100), st.booleans(), st.booleans())


def one_by_one(tallies: Sequence[Row]) -> list[Row]:
    return [replace(tally, count=1) for tally in tallies for _ in range(tally.count)]


@given(step_tallies, targets)
def test_a_result_is_the_count_row_by_row(tallies: list[StepTally], target: Target) -> None:
    expected = dict.fromkeys(
        ["enrolled", "due", "cleared_in_time", "not_yet_due", "never_due", "left_before_due", "not_assessed", "held"],
        0,
    )
    adjusted_part = adjusted_whole = 0
    for row in one_by_one(tallies):
        expected["enrolled"] += 1
        if row.never_due:
            expected["never_due"] += 1
        elif not row.due:
            expected["not_yet_due"] += 1
        else:
            expected["due"] += 1
            expected["held"] += row.held
            if not (row.left_before_due and row.beyond_control):
                adjusted_whole += 1
                adjusted_part += row.cleared_in_time
            if row.cleared_in_time:
                expected["cleared_in_time"] += 1
            else:
                expected["left_before_due"] += row.left_before_due
                expected["not_assessed"] += not row.assessed
    result = cleared_in_time(tallies, target)
    assert {name: getattr(result, name) for name in expected} == expected
    assert (result.adjusted.part, result.adjusted.whole) == (adjusted_part, adjusted_whole)


@given(step_tallies, targets)
def test_everyone_enrolled_is_due_or_waiting_or_never_due(tallies: list[StepTally], target: Target) -> None:
    result = cleared_in_time(tallies, target)
    assert result.enrolled == result.due + result.not_yet_due + result.never_due
    assert min(getattr(result, f.name) for f in fields(result) if f.type in (int, "int")) >= 0
    assert result.adjusted.whole <= result.due


@given(step_tallies, targets)
def test_the_verdict_agrees_with_exact_fractions(tallies: list[StepTally], target: Target) -> None:
    result = cleared_in_time(tallies, target)
    if result.due == 0:
        assert result.status is Status.TOO_EARLY
    else:
        met = Fraction(result.cleared_in_time, result.due) >= Fraction(target.percent, 100)
        assert result.status is (Status.MET if met else Status.NOT_MET)


@given(step_tallies, targets)
def test_a_weight_equals_repeated_rows_in_any_order(tallies: list[StepTally], target: Target) -> None:
    assert cleared_in_time(one_by_one(tallies)[::-1], target) == cleared_in_time(tallies, target)


@given(st.integers(1, 10**6).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due))))
def test_a_share_lies_within_its_interval(counts: tuple[int, int]) -> None:
    cleared, due = counts
    interval = wilson(cleared, due)
    assert interval is not None
    assert 0 <= interval.low <= cleared / due <= interval.high <= 1
    mirror = wilson(due - cleared, due)
    assert mirror is not None
    assert interval.low == pytest.approx(1 - mirror.high, abs=CLOSE)


@given(st.integers(1, 1000).flatmap(lambda due: st.tuples(st.integers(0, due), st.just(due))))
def test_more_of_the_same_narrows_the_interval(counts: tuple[int, int]) -> None:
    narrow, wide = wilson(10 * counts[0], 10 * counts[1]), wilson(*counts)
    assert narrow is not None
    assert wide is not None
    assert narrow.high - narrow.low < wide.high - wide.low


@given(deadlines)
def test_a_deadline_is_the_count_row_by_row(tallies: list[DeadlineTally]) -> None:
    result, rows = deadline_adherence(tallies), one_by_one(tallies)
    assert result == deadline_adherence(rows)
    assert result.enrolled == len(rows) == result.due + result.left_before + result.not_yet_due
    due = [row for row in rows if row.due and not row.left_before]
    assert (result.due, result.within) == (len(due), sum(row.within for row in due))
    never = 10**9
    days = sorted(never if row.days is None else row.days for row in due)
    middle = days[(len(days) - 1) // 2] if days else never
    assert result.median_days == (None if middle == never else middle)


def slow_curve(tallies: Sequence[DurationTally]) -> list[tuple[int, Fraction, int]]:
    """Day by day, person by person, in exact fractions."""
    rows, survival, points = one_by_one(tallies), Fraction(1), []
    for day in range(max((row.days for row in rows), default=0) + 1):
        at_risk = [row for row in rows if row.days >= day]
        clearing = [row for row in at_risk if row.days == day and row.cleared]
        if clearing:
            survival *= 1 - Fraction(len(clearing), len(at_risk))
            points.append((day, 1 - survival, len(at_risk)))
    return points


@given(durations)
def test_the_curve_is_the_one_counted_person_by_person(tallies: list[DurationTally]) -> None:
    curve, slow = kaplan_meier(tallies), slow_curve(tallies)
    assert [(p.day, p.at_risk) for p in curve] == [(day, at_risk) for day, _, at_risk in slow]
    assert [p.share for p in curve] == pytest.approx([float(share) for _, share, _ in slow], abs=CLOSE)


@given(durations)
def test_the_median_is_decided_by_exact_fractions(tallies: list[DurationTally]) -> None:
    exact = next((day for day, share, _ in slow_curve(tallies) if share >= Fraction(1, 2)), None)
    assert median_days(tallies) == exact


@given(durations)
def test_a_curve_only_rises_and_its_limits_hold_it(tallies: list[DurationTally]) -> None:
    curve = kaplan_meier(tallies)
    assert all(a.day < b.day and a.share < b.share and a.at_risk > b.at_risk for a, b in pairwise(curve))
    for point in curve:
        assert 0 < point.share <= 1
        assert (point.low is None) == (point.high is None) == (point.share == 1)
        if point.low is not None and point.high is not None:
            assert 0 <= point.low <= point.share <= point.high <= 1


@given(durations)
def test_a_weight_equals_repeated_rows_in_the_curve(tallies: list[DurationTally]) -> None:
    assert kaplan_meier(one_by_one(tallies)[::-1]) == kaplan_meier(tallies)


def last_day(tallies: Sequence[DurationTally]) -> int:
    return max((tally.days for tally in tallies), default=0)


@given(durations, st.integers(1, 5))
def test_more_people_still_waiting_at_the_end_lower_the_curve(tallies: list[DurationTally], more: int) -> None:
    before = kaplan_meier(tallies)
    after = kaplan_meier([*tallies, DurationTally(more, last_day(tallies), cleared=False)])
    assert [p.at_risk + more for p in before] == [p.at_risk for p in after]
    assert all(b.share < a.share for a, b in zip(before, after, strict=True))


@given(durations, st.integers(1, 5))
def test_who_was_censored_before_anyone_cleared_changes_nothing(tallies: list[DurationTally], more: int) -> None:
    later = [replace(tally, days=tally.days + 1) for tally in tallies]
    assert kaplan_meier([DurationTally(more, 0, cleared=False), *later]) == kaplan_meier(later)


@given(durations)
def test_without_censoring_the_curve_is_the_plain_share(tallies: list[DurationTally]) -> None:
    everyone = [replace(tally, cleared=True) for tally in tallies]
    size = sum(tally.count for tally in everyone)
    for point in kaplan_meier(everyone):
        assert point.share == pytest.approx(sum(t.count for t in everyone if t.days <= point.day) / size, abs=CLOSE)


@given(durations)
def test_the_safe_curve_reads_the_last_point_before_each_month_end(tallies: list[DurationTally]) -> None:
    curve = kaplan_meier([replace(tally, days=20 * tally.days) for tally in tallies])
    before_all = CurvePoint(-1, 0.0, None, None, 0)
    for month in by_month(curve, 9):
        last = [point for point in [before_all, *curve] if point.day <= month.day][-1]
        assert month.share == last.share
