"""A request id for every log line, answers that nobody else may keep a copy of, and none that is an empty page."""

import logging
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

from core.http import IdentifiedRequest

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Give the request an id that log lines and the access log carry."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: IdentifiedRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex
        token = _request_id.set(request.request_id)
        try:
            return self.get_response(request)
        finally:
            _request_id.reset(token)


class Utf8Middleware:
    """Read all that is sent as UTF-8, which browsers send, also where its header names another character set: Django
    refuses such answers wherever they are first looked at, also while it makes the page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding:
            request.encoding = "utf-8"
        return self.get_response(request)


class RequestIdFilter(logging.Filter):
    """Put the id of the running request on each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class MethodPageMiddleware:
    """Say in words that an address takes what is sent and shows nothing: Django answers with an empty page. One comes
    there by the way back after a log-in, or by the browser's own list of pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No page is written for other methods: it would answer them as if it were opened.
        is_known = request.method in ("GET", "HEAD", "POST")
        response = self.get_response(request) if is_known else HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("405.html")
        return response


class PrivateResponseMiddleware:
    """No cache may keep what somebody logged in was shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response
