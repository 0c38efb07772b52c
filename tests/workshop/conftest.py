"""A small invented database like those that are measured in."""

import pytest
from django.db import transaction

from core.days.dates import today
from workshop.scale.world import fill

ORIGINALS, TIMES = 30, 3


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    """Ninety cases, sixty of them copies: filled once, and gone after the tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(ORIGINALS * TIMES, on=today(), tell=str, originals=ORIGINALS)
        transaction.set_rollback(True)


@pytest.fixture
def small_world(small, db):
    """The world of that database; what a test writes in it is gone after the test."""
    return small
