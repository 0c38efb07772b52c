"""In worlds made by chance, with corrections, claims, registers, voids and undoings before and after a protection, nothing
of what a protected person was ever called stands in any table, file, log or answer.

`make soak` tries more of them. A name that was typed and refused is as secret: the program has no business to keep it.
"""

import os

import pytest

from tests.participants.canary import rows_with
from tests.participants.protected_operations import act
from tests.participants.protected_story import Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

SEEDS = range(4 if "SOAK" not in os.environ else 200)
ACTS = 40


def look_in_tables(story: Story) -> None:
    assert rows_with(story.canaries) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_somebody_protected_is_left_anywhere(seed) -> None:
    story = Story(seed)
    for _ in range(ACTS):
        protected = sum(len(who.gone) for who in story.people)
        act(story)
        if sum(len(who.gone) for who in story.people) > protected:
            look_in_tables(story)
    look_in_tables(story)
    print(story.done, len(story.people))
