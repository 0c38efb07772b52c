"""Somebody who is logged in and asks a server for pages, each by a connection of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from accounts.models import User
from workshop.serving.server import HOST, Server

TIMEOUT = 60


class WrongAnswerError(Exception):
    """Another status than the one that was expected, or the page on which people log in."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, where it leads, and text."""

    status: int
    location: str
    text: str


class Visitor:
    """A user's browser, as far as it is needed: it keeps cookies, and sends the token against forged requests."""

    def __init__(self, server: Server, user: User | None = None) -> None:
        self.port = server.port
        self.cookies: dict[str, str] = {}
        if user:
            logged_in = Client()
            logged_in.force_login(user)
            self.cookies = {name: cookie.value for name, cookie in logged_in.cookies.items()}

    def get(self, path: str) -> str:
        """The page. Raises WrongAnswerError where it isn't there."""
        return self._expect(200, "GET", path).text

    def send(self, path: str, answers: Mapping[str, str]) -> str:
        """Send a form, and the address that it leads on to. Raises WrongAnswerError where it isn't accepted."""
        token = {"csrfmiddlewaretoken": self.cookies.get(settings.CSRF_COOKIE_NAME, "")}
        return self._expect(302, "POST", path, urlencode({**token, **answers})).location

    def _expect(self, status: int, method: str, path: str, body: str | None = None) -> Reply:
        reply = self._ask(method, path, body)
        if reply.status != status or reply.location.startswith("/logga-in/"):
            raise WrongAnswerError(f"{reply.status} {reply.location.partition('?')[0]} instead of {status}")
        return reply

    def _ask(self, method: str, path: str, body: str | None) -> Reply:
        # A browser that pauses for longer than the server keeps a connection makes a new one, too.
        asking = HTTPConnection(HOST, self.port, timeout=TIMEOUT)
        try:
            asking.request(method, path, body, self._headers(body))
            response = asking.getresponse()
            text = response.read().decode()
            for line in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
            return Reply(response.status, response.headers.get("Location", ""), text)
        finally:
            asking.close()

    def _headers(self, body: str | None) -> dict[str, str]:
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        return cookies | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
