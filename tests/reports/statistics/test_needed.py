"""What a target that isn't met would take: by hand, and against every way in which those coming could fare."""

import random

import pytest

from core.days.dates import quarter_end, quarter_of
from reports.statistics.needed import Needed, needed
from reports.statistics.proportions import Status, verdict
from reports.statistics.steps import StepTally, Target, cleared_in_time


def tally(count: int, *, due: bool = False, cleared: bool = False, never: bool = False, comes: int | None = None):
    return StepTally(count, due, never, cleared, False, False, cleared, cleared, due_quarter=comes)


def found(tallies, percent: int, last_quarter: int | None = None) -> Needed | None:
    target = Target(3, 9, percent, counts_higher=True, exclusive=False)
    return needed(tallies, cleared_in_time(tallies, target), last_quarter)


def said(result: Needed | None):
    return result and (result.quarter, result.coming, result.least, result.can_be_met)


BEHIND = [tally(5, due=True, cleared=True), tally(25, due=True)]


def test_the_first_quarter_by_which_it_can_be_met_is_looked_ahead_to():
    # 5 of 30; with 4 more at best 9 of 34, 26 %; with 12 more 15 of 42 is 35.7 %.
    assert said(found([*BEHIND, tally(4, comes=8), tally(8, comes=9), tally(30, comes=10)], 35)) == (9, 12, 10, True)


def test_where_it_can_never_be_met_the_last_quarter_is_named():
    assert said(found([*BEHIND, tally(1, comes=8), tally(2, comes=11)], 35)) == (11, 3, 7, False)


def test_where_nobody_is_coming_there_is_no_quarter():
    assert said(found([*BEHIND, tally(3, never=True)], 35)) == (None, 0, 6, False)


def test_nothing_is_needed_for_a_target_that_is_met():
    assert found([tally(2, due=True, cleared=True), tally(1, comes=8)], 35) is None


def test_quarters_after_the_projects_end_are_left_out():
    tallies = [*BEHIND, tally(4, comes=8), tally(8, comes=9)]
    assert said(found(tallies, 35, last_quarter=8)) == (8, 4, 7, False)


def test_when_it_is_too_early_those_coming_are_all_there_is():
    assert said(found([tally(10, comes=8)], 35)) == (8, 10, 4, True)


def test_the_unassessed_may_suffice_by_themselves():
    assessed = [tally(5, due=True, cleared=True), StepTally(5, True, False, False, False, False, True, False)]
    assert found([*assessed, tally(10, due=True)], 75).unassessed_suffice
    assert not found([*assessed, tally(9, due=True)], 75).unassessed_suffice


@pytest.mark.parametrize("seed", range(300))
def test_it_is_what_trying_every_number_gives(seed: int):
    """Naively: quarter by quarter, and nobody, one, two … of those coming clearing the step."""
    chance = random.Random(seed)
    percent, due = chance.randint(1, 100), chance.randint(0, 12)
    cleared = chance.randint(0, due)
    coming = {quarter: chance.randint(0, 6) for quarter in chance.sample(range(20, 28), 4)}
    tallies = [tally(cleared, due=True, cleared=True), tally(due - cleared, due=True)]
    tallies += [tally(count, comes=quarter) for quarter, count in coming.items() if count]
    if verdict(cleared, due, percent) is Status.MET:
        assert found(tallies, percent) is None
        return
    ways = [(quarter, sum(coming[other] for other in coming if other <= quarter)) for quarter in sorted(coming)]
    naive = [
        (quarter, count, more)
        for quarter, count in ways
        for more in range(count + 1)
        if due + count and 100 * (cleared + more) >= percent * (due + count)
    ]
    result = found(tallies, percent)
    assert result.can_be_met == bool(naive)
    if naive:
        assert (result.quarter, result.coming, result.least) == naive[0]


@pytest.mark.parametrize("quarter", range(8000, 8008))
def test_a_quarter_ends_the_day_before_the_next(quarter: int):
    end = quarter_end(quarter)
    assert quarter_of(end) == quarter
    assert quarter_of(end.fromordinal(end.toordinal() + 1)) == quarter + 1
