"""The request with its id; only for type checkers."""

from django.http import HttpRequest


class IdentifiedRequest(HttpRequest):
    """Every request has an id that log lines carry."""

    request_id: str
