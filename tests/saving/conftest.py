"""Time that passes in the middle of saving, so that another is there meanwhile."""

from collections.abc import Callable

import pytest

from tests.saving.meanwhile import begin, stay


@pytest.fixture
def holding(monkeypatch) -> Callable[[object, str], None]:
    """Let a function of a module wait before it does its work, so that the other one is there meanwhile."""

    def hold(module: object, name: str) -> None:
        known = getattr(module, name)

        def later(*args: object, **kwargs: object) -> object:
            stay()
            return known(*args, **kwargs)

        begin()
        monkeypatch.setattr(module, name, later)

    return hold


@pytest.fixture
def lingering(monkeypatch) -> Callable[[object, str], None]:
    """Let time pass after a function of a module has done its work."""

    def linger(module: object, name: str) -> None:
        known = getattr(module, name)

        def slowly(*args: object, **kwargs: object) -> object:
            answer = known(*args, **kwargs)
            stay()
            return answer

        begin()
        monkeypatch.setattr(module, name, slowly)

    return linger
