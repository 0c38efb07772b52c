"""The curve, by hand and against lifelines over whole curves."""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from reports.statistics.curves import (
    CurvePoint,
    DurationTally,
    MonthPoint,
    by_month,
    followed_days,
    kaplan_meier,
    median_days,
)

if TYPE_CHECKING:
    from lifelines import KaplanMeierFitter

TOLERANCE = 1e-9


def cleared(days: int, count: int = 1) -> DurationTally:
    return DurationTally(count, days, cleared=True)


def censored(days: int, count: int = 1) -> DurationTally:
    return DurationTally(count, days, cleared=False)


def fitted(tallies: Sequence[DurationTally]) -> "KaplanMeierFitter":
    # Loaded where it is asked for: two seconds, which each process of a run would take to collect the tests.
    from lifelines import KaplanMeierFitter

    rows = [tally for tally in tallies for _ in range(tally.count)]
    return KaplanMeierFitter().fit([row.days for row in rows], [row.cleared for row in rows])


def population(seed: int, *, size: int, days: int, clearing: float) -> list[DurationTally]:
    """Invented follow-up times; a small `days` makes ties, a small `clearing` heavy censoring."""
    chance = random.Random(seed)
    return [
        DurationTally(chance.randint(1, 3), chance.randint(0, days), chance.random() < clearing) for _ in range(size)
    ]


def test_nobody_gives_no_curve() -> None:
    assert kaplan_meier([]) == []
    assert median_days([]) is None
    assert followed_days([]) is None


def test_nobody_cleared_gives_no_curve() -> None:
    assert kaplan_meier([censored(0), censored(90, 5)]) == []
    assert median_days([censored(90)]) is None


def test_a_tally_that_counts_nobody_gives_no_point() -> None:
    assert kaplan_meier([cleared(3, 0), censored(9)]) == []
    assert followed_days([cleared(30, 0), censored(9)]) == 9


def test_time_before_enrolment_is_refused() -> None:
    with pytest.raises(ValueError, match="before the enrolment"):
        cleared(-1)


def test_a_curve_counted_by_hand() -> None:
    curve = kaplan_meier([cleared(0), censored(0), cleared(5), censored(7), cleared(7), censored(9, 3)])
    assert [(point.day, point.at_risk) for point in curve] == [(0, 8), (5, 6), (7, 5)]
    assert [point.share for point in curve] == pytest.approx([1 / 8, 1 - 7 / 8 * 5 / 6, 1 - 7 / 8 * 5 / 6 * 4 / 5])


def test_a_censored_enrolment_is_at_risk_on_its_own_day_and_not_on_the_next() -> None:
    same, later = kaplan_meier([censored(4), cleared(4), cleared(5), censored(6)])
    assert (same.at_risk, later.at_risk) == (4, 2)


def test_when_all_have_cleared_the_share_is_one_and_the_limits_do_not_exist() -> None:
    assert kaplan_meier([cleared(2), cleared(2)]) == [CurvePoint(2, 1.0, None, None, 2)]


def test_lifelines_gives_an_interval_without_width_where_ours_has_none() -> None:
    """The one place where we depart from the oracle; if it changes, the text in the docs is wrong."""
    limits = fitted([cleared(2), cleared(3)]).confidence_interval_.loc[3]
    assert list(limits) == [0.0, 0.0]


CURVES = {
    "ties": population(1, size=300, days=20, clearing=0.6),
    "heavy censoring": population(2, size=400, days=365, clearing=0.05),
    "ties and heavy censoring": population(3, size=400, days=12, clearing=0.1),
    "few": population(4, size=6, days=90, clearing=0.5),
    "one cleared of many": [cleared(17), censored(400, 5000)],
    "all on day 0 or the last day": [cleared(0, 4), censored(0, 3), cleared(9, 2), censored(9, 4)],
    "down to nobody": [cleared(day, 2) for day in range(1, 40)],
    "last one at risk clears": [censored(1, 30), cleared(2), censored(3, 10), cleared(8)],
    "many": population(5, size=20_000, days=730, clearing=0.4),
}


@pytest.mark.parametrize("tallies", CURVES.values(), ids=CURVES.keys())
def test_the_whole_curve_agrees_with_lifelines(tallies: list[DurationTally]) -> None:
    oracle, curve = fitted(tallies), kaplan_meier(tallies)
    events = oracle.event_table[oracle.event_table["observed"] > 0]
    assert [(point.day, point.at_risk) for point in curve] == list(
        zip(events.index.astype(int), events["at_risk"], strict=True)
    )
    assert curve
    for point in curve:
        survival = oracle.survival_function_.loc[point.day].item()
        low, high = oracle.confidence_interval_.loc[point.day]
        assert point.share == pytest.approx(1 - survival, abs=TOLERANCE)
        if survival > 0:
            assert (point.low, point.high) == pytest.approx((1 - high, 1 - low), abs=TOLERANCE)
        else:
            assert (point.low, point.high) == (None, None)


@pytest.mark.parametrize("tallies", CURVES.values(), ids=CURVES.keys())
def test_the_median_agrees_with_lifelines(tallies: list[DurationTally]) -> None:
    from lifelines.utils import median_survival_times

    oracle = float(median_survival_times(fitted(tallies).survival_function_))
    ours = median_days(tallies)
    assert oracle == (float("inf") if ours is None else ours)


def test_the_median_is_not_missed_by_rounding() -> None:
    """11/18 × 9/11 is one half, but in floating point the curve stays just below it."""
    tallies = [cleared(1, 7), cleared(2, 2), censored(5, 9)]
    assert kaplan_meier(tallies)[-1].share < 0.5
    assert median_days(tallies) == 2


def test_the_safe_curve_has_a_share_for_each_month_and_no_counts() -> None:
    curve = kaplan_meier([cleared(30), cleared(31), censored(100, 2)])
    assert by_month(curve, 3) == [MonthPoint(1, 30, 0.25), MonthPoint(2, 61, 0.5), MonthPoint(3, 91, 0.5)]
    assert not hasattr(by_month(curve, 1)[0], "at_risk")


def test_the_safe_curve_stops_where_nobody_is_followed_any_more() -> None:
    tallies = [cleared(10), censored(61)]
    months = by_month(kaplan_meier(tallies), 3, followed_to=followed_days(tallies))
    assert [month.share for month in months] == [0.5, 0.5, None]


def test_the_safe_curve_goes_on_when_all_have_cleared() -> None:
    tallies = [cleared(10)]
    assert [m.share for m in by_month(kaplan_meier(tallies), 2, followed_to=followed_days(tallies))] == [1.0, 1.0]


def test_the_safe_curve_of_nobody_is_flat_at_nothing() -> None:
    assert [month.share for month in by_month([], 2)] == [0.0, 0.0]
    assert by_month([], 0) == []
