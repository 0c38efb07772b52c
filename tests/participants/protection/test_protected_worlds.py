"""In worlds made by chance nothing of what a protected person was ever called stands in a table, file, log or answer.

Corrections, claims, registers, voids and undoings come before and after the protection. A name that was typed and
refused is as secret: the program has no business to keep it. `make soak` tries more worlds, and every page of each.
"""

import os
from collections import Counter

import pytest
from django.db import transaction

from tests.participants.protection.protected_looking import told_in_letters, told_on_pages
from tests.participants.protection.protected_operations import ALL, PEOPLE, act
from tests.participants.protection.protected_story import Story
from tests.world.canary import rows_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

IS_LONG = "SOAK" in os.environ
SEEDS = range(int(os.environ.get("PROTECTED", "200")) if IS_LONG else 3)
ACTS, PAGES = 40, 10_000 if IS_LONG else 8


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_of_somebody_protected_is_left_anywhere(seed, log_watch) -> None:
    story = Story(seed)
    for _ in range(ACTS):
        gone = sum(len(who.gone) for who in story.people)
        act(story)
        if sum(len(who.gone) for who in story.people) > gone:
            assert rows_with(story.canaries) == []
    assert rows_with(story.canaries) == []
    assert told_on_pages(story, PAGES) == []
    assert told_in_letters(story) == []
    assert [line for line in log_watch.lines if any(canary in line for canary in story.canaries)] == []


def test_the_worlds_are_worth_trying() -> None:
    """What may happen does, in the long run all of it, and people are protected who have been called several things."""
    done, versions = Counter[str](), 0
    for seed in range(12 if IS_LONG else 3):
        with transaction.atomic():
            story = Story(seed)
            for _ in range(ACTS):
                act(story)
            done.update(story.done)
            versions = max([versions, *(len(who.gone) for who in story.people)])
            transaction.set_rollback(True)
    wanted = ALL if IS_LONG else PEOPLE[:-1]
    assert {operation.__name__ for operation in wanted} - set(done) == set()
    assert versions > 1
