"""What a request is: its id, and whether a page or a piece of one is asked for."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

ViewT = TypeVar("ViewT", bound=Callable)


class IdentifiedRequest(HttpRequest):
    """Every request has an id that log lines carry; only for type checkers."""

    request_id: str


def piece(view: ViewT) -> ViewT:
    """Mark a view whose every answer is for a script: nothing that reaches it has been sent by somebody."""
    view.answers_piece = True  # type: ignore[attr-defined]
    return view


def is_piece(request: HttpRequest) -> bool:
    """Whether it is asked for while somebody is writing: nothing is sent yet."""
    return by_script(request) or hasattr(request.resolver_match and request.resolver_match.func, "answers_piece")


def by_script(request: HttpRequest) -> bool:
    """Whether a script of a page asks, and puts the answer into that page."""
    return request.headers.get("X-Requested-With") == "fetch"
