"""The numbers that clocks keep for figures: written and read alike, and the same from release to release."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.steps.tally_code import REASONS, ClockSaid, bit_of, read_code, read_rise
from core.days.dates import quarter_of
from projects.enums import ExitReason

NOTHING = ClockSaid(*[False] * 7, left_for="", due_quarter=8104)
FLAGS = ("cleared_in_time", "assessed", "held", "counted_above", "group_cleared", "group_assessed", "group_held")


@given(
    flags=st.tuples(*[st.booleans()] * len(FLAGS)),
    left_for=st.sampled_from(["", *ExitReason.values]),
    due_on=st.dates(),
)
def test_what_is_packed_is_read_again(flags, left_for, due_on) -> None:
    said = ClockSaid(*flags, left_for=left_for, due_quarter=quarter_of(due_on))
    assert read_code(said.packed()) == said
    assert said.packed() < 2**31


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_has_a_bit_of_its_own(flag) -> None:
    assert replace(NOTHING, **{flag: True}).packed() - NOTHING.packed() == bit_of(flag)


def test_kept_numbers_mean_what_they_have_always_meant() -> None:
    """A new reason comes last, and a new flag needs all clocks worked out anew."""
    said = ClockSaid(True, True, False, False, True, True, False, left_for="moved", due_quarter=8104)
    assert (said.packed(), [bit_of(flag) for flag in FLAGS]) == (33194675, [1, 2, 4, 8, 16, 32, 64])
    assert read_rise(265_551_963) == (8104, 91)


def test_every_reason_has_its_place() -> None:
    assert sorted(REASONS) == sorted(ExitReason)
    assert len(REASONS) < 32
