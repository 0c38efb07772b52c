"""Time that passes in the middle of saving, so that another is there meanwhile."""

import time
from collections.abc import Callable

import pytest

HOLDS = 0.9


@pytest.fixture
def holding(monkeypatch) -> Callable[[object, str], None]:
    """Let a function of a module wait before it does its work, so that the other one is there meanwhile."""

    def hold(module: object, name: str) -> None:
        known = getattr(module, name)

        def later(*args: object, **kwargs: object) -> object:
            time.sleep(HOLDS)
            return known(*args, **kwargs)

        monkeypatch.setattr(module, name, later)

    return hold


@pytest.fixture
def lingering(monkeypatch) -> Callable[[object, str], None]:
    """Let time pass after a function of a module has done its work."""

    def linger(module: object, name: str) -> None:
        known = getattr(module, name)

        def slowly(*args: object, **kwargs: object) -> object:
            answer = known(*args, **kwargs)
            time.sleep(HOLDS)
            return answer

        monkeypatch.setattr(module, name, slowly)

    return linger
