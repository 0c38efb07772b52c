"""Every short history there is: nobody who reads all the days, and knows the rule, learns a hidden number."""

from collections import defaultdict
from itertools import accumulate, product

import pytest

from reports.safe.series import is_shown, shown_days

# How many come to the whole from day to day.
STEPS = [
    (1, 1, 1),
    (4, 4, 4),
    (5, 5, 5),
    (3, 9, 1),
    (9, 1, 1),
    (13, 1, 5),
    (14, 5, 0),
    (10, 10, 10),
    (12, 1, 1, 1),
    (6, 3, 0, 6),
    (2, 11, 2, 9),
    (11, 2, 5, 2),
    (1, 2, 3, 4, 5),
    (7, 1, 1, 1, 7),
]


def histories(steps):
    for parts in product(*(range(step + 1) for step in steps)):
        yield tuple(accumulate(parts))


def answer(part, whole, most=None):
    """What is read: the number on the days it is shown."""
    days = shown_days(part, whole, most)
    return tuple(count if shown else None for count, shown in zip(part, days, strict=True))


@pytest.mark.parametrize("steps", STEPS, ids=str)
def test_a_hidden_number_could_always_be_another(steps):
    whole = tuple(accumulate(steps))
    worlds = defaultdict(list)
    for part in histories(steps):
        worlds[answer(part, whole)].append(part)
    for read, alike in worlds.items():
        for day, count in enumerate(read):
            if count is None:
                assert len({part[day] for part in alike}) > 1, (read, alike)


@pytest.mark.parametrize("steps", STEPS, ids=str)
def test_two_days_that_are_shown_never_differ_by_one_to_four(steps):
    whole = tuple(accumulate(steps))
    for part in histories(steps):
        read = [(0, 0)] + [
            (count, of) for count, of in zip(answer(part, whole), whole, strict=True) if count is not None
        ]
        for place, (count, of) in enumerate(read):
            for earlier, of_earlier in read[:place]:
                assert is_shown(count - earlier)
                assert is_shown((of - count) - (of_earlier - earlier))


def test_what_everybody_knows_limits_which_numbers_it_could_be():
    """Two of four had left at all, so the hidden number is none, one or two."""
    steps, whole = (4, 8), (4, 12)
    worlds = defaultdict(list)
    most = (2, 12)
    for part in histories(steps):
        if part[0] <= 2:
            worlds[answer(part, whole, most)].append(part)
    for read, alike in worlds.items():
        for day, count in enumerate(read):
            if count is None:
                assert len({part[day] for part in alike}) > 1, read


def test_five_after_four_is_not_shown_when_one_has_come():
    """Shown, it would say that the hidden number was four and that the one who came is of the part."""
    assert answer((4, 5), (13, 14)) == (None, None)
    assert answer((4, 7), (13, 18)) == (None, 7)


def test_none_at_all_is_shown_while_it_has_been_so_from_the_start():
    assert answer((0, 0), (9, 20)) == (0, 0)
    assert answer((0, 0), (3, 20)) == (None, None)
    assert answer((9, 20), (9, 20)) == (9, 20)
