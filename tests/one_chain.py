"""The program's middleware, put together once for all clients of a process of tests, as it is in a process that serves.

Each client put together its own, and walked through all static files for it: 4 % of the suite's work.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.test.client import ClientHandler


@contextmanager
def shared() -> Iterator[None]:
    """While this runs clients share what is loaded now; not those of a test with settings of its own, which middleware
    may read when it is made."""
    everybodys, first = settings._wrapped, ClientHandler()
    made_with = set(vars(first))
    first.load_middleware()
    chain = {name: value for name, value in vars(first).items() if name not in made_with}

    def load(handler: BaseHandler, is_async: bool = False) -> None:
        if settings._wrapped is everybodys:
            vars(handler).update(chain)
        else:
            BaseHandler.load_middleware(handler, is_async)

    ClientHandler.load_middleware = load
    yield
    del ClientHandler.load_middleware
