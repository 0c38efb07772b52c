"""Rows that are written once for all tests of a module, in a transaction around them, and are gone after it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

KeptT = TypeVar("KeptT")
# The transactions around the tests of the module that runs.
_OPEN: Final = ExitStack()


@contextmanager
def kept_while(blocker: DjangoDbBlocker, build: Callable[[], KeptT]) -> Iterator[KeptT]:
    """What `build` writes, for the tests of a module; the database is asked between tests for its sake alone."""
    with blocker.unblock():
        # Of two that a module keeps, the tests of one come after those of the other.
        let_go()
        _OPEN.enter_context(_rolled_back())
        yield build()
        let_go()


def let_go() -> None:
    """Roll back what is kept, if anything is."""
    _OPEN.close()


def kept_by(item: pytest.Item) -> int:
    """The place of a test among those of its module, by what it asks for of what is kept."""
    asked = getattr(item, "fixturenames", ())
    return next((place for place, name in enumerate(("whole_world", "whole_cast"), start=1) if name in asked), 0)


def commits(item: pytest.Item) -> bool:
    """Whether a test runs without a transaction around it."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or bool(marker and marker.kwargs.get("transaction"))


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
