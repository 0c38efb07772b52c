"""Two at once, the second of whom begins while the first is in the middle of something."""

import time
from collections.abc import Callable
from threading import Event
from typing import Any

from tests.actionplans.meetings.test_parallel import at_once

# As long as the first one stays in the middle of it, and as long as the second waits for that at most.
HOLDS, AT_MOST = 0.9, 20
_is_there = Event()


def stay() -> None:
    """The first one is there: let the second begin, and wait."""
    _is_there.set()
    time.sleep(HOLDS)


def begin() -> None:
    """Nobody is there yet."""
    _is_there.clear()


def first_and_then(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """What the two give, when the second one begins once the first is held (`holding`, `lingering`)."""

    def later() -> Any:
        assert _is_there.wait(AT_MOST)
        return second()

    return at_once([first, later])
