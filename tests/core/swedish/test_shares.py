"""Shares beside a target: what is shown lies on the side of the target that the share lies on."""

import pytest

from core.swedish.words import interval, limits, percent
from reports.statistics.proportions import Status, verdict

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("part", "whole", "aim", "shown"),
    [
        (36, 103, 35, "34,9"),
        (35, 100, 35, "35,0"),
        (1999, 2000, 100, "99,9"),
        (2000, 2000, 100, "100,0"),
        (31, 104, 35, "29,8"),
    ],
)
def test_a_share_below_the_target_is_not_rounded_up_to_it(part, whole, aim, shown):
    assert percent(part / whole, aim=aim) == f"{shown}{NBSP}%"


def test_no_share_contradicts_its_verdict():
    for whole in range(1, 260):
        for part in range(whole + 1):
            for aim in (10, 35, 75, 100):
                shown = float(percent(part / whole, aim=aim).removesuffix(f"{NBSP}%").replace(",", "."))
                assert (shown >= aim) == (verdict(part, whole, aim) is Status.MET), (part, whole, aim)


def test_the_ends_of_an_interval_below_the_target_stay_below():
    assert interval(0.2, 0.349, aim=35) == f"20–34{NBSP}%"
    assert interval(0.2, 0.349) == f"20–35{NBSP}%"


def test_limits_have_decimals_where_they_say_something():
    assert limits(41 / 54, 1) == f"75,9–100{NBSP}%"
