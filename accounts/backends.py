"""The name that sessions from before accounts.login was a folder keep of how their user logged in."""

from typing import Any

from accounts.login import backends
from accounts.models import User


class EarlierBackend(backends.Backend):
    """Reads the user of such a session, so that an upgrade logs nobody out. Nobody logs in by it any more."""

    def authenticate(self, request: Any, **credentials: Any) -> User | None:
        """Nobody: a password is checked once, by the backend that this one inherits from."""
        return None


# What those sessions say.
Backend = EarlierBackend
