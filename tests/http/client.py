"""Somebody who sends requests to a running program and fills in its forms, without a browser."""

import http.cookiejar
import re
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPHandler, HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

TIMEOUT = 60


@dataclass
class Form:
    """A form of a page: where it goes, what it holds, and which values each choice offers."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """The names of all that can be answered."""
        return {name for name, _ in self.fields} | set(self.choices)

    def with_answers(self, **answers: str | list[str]) -> list[tuple[str, str]]:
        """What the form sends with these answers instead of its own. Underscores in names stand for hyphens too."""
        given = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
        kept = [(name, value) for name, value in self.fields if name not in given]
        return kept + [(name, value) for name, values in given.items() for value in values]


class _Reader(HTMLParser):
    """Reads forms, links and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._option: list[str] | None = None
        self._button: list[str] | None = None
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "a":
            # A page's own address, without the project that it is shown in.
            self.links.append(re.sub(r"^/p/[0-9a-f]{8}(?=/)", "", said.get("href", "")))
        elif tag == "form":
            self._form = Form(said.get("action", ""))
            self.forms.append(self._form)
        elif self._form and "disabled" not in said:
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        if tag == "input" and name:
            self._input(name, said)
        elif tag == "textarea":
            self._area = name
            self._form.fields.append((name, ""))
        elif tag == "select":
            self._select = name
            self._form.choices.setdefault(name, [])
        elif tag == "option" and self._select is not None:
            self._option = [said.get("value", ""), ""]
            if "selected" in said or not self._form.choices[self._select]:
                kept = [pair for pair in self._form.fields if pair[0] != self._select]
                self._form.fields = [*kept, (self._select, said.get("value", ""))]
        elif tag == "button":
            self._button = [name, said.get("value", ""), ""]

    def _input(self, name: str, said: dict[str, str]) -> None:
        kind, value = said.get("type", "text"), said.get("value", "")
        if kind in ("radio", "checkbox"):
            value = said.get("value", "on")
            self._form.choices.setdefault(name, []).append((value, ""))
            if "checked" in said:
                self._form.fields.append((name, value))
        elif kind not in ("submit", "button", "file", "image"):
            self._form.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "option" and self._option and self._form and self._select is not None:
            self._form.choices[self._select].append((self._option[0], " ".join(self._option[1].split())))
            self._option = None
        elif tag == "button" and self._button and self._form:
            self._form.buttons.append((self._button[0], self._button[1], " ".join(self._button[2].split())))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._area is not None and self._form:
            name, value = self._form.fields[-1]
            self._form.fields[-1] = (name, value + data.removeprefix("\n"))
        elif self._option is not None:
            self._option[1] += data
        elif self._button is not None:
            self._button[2] += data
        self.words.append(data)


@dataclass(frozen=True)
class Page:
    """An answer: status, address after redirects, body, and what can be read and sent from it."""

    status: int
    address: str
    body: bytes
    headers: dict[str, str]

    @property
    def html(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def text(self) -> str:
        """The words of the page, white space folded."""
        return " ".join(" ".join(_Reader(self.html).words).split())

    @property
    def links(self) -> list[str]:
        """All addresses that the page leads to."""
        return _Reader(self.html).links

    @property
    def forms(self) -> list[Form]:
        """All forms of the page, in order."""
        return _Reader(self.html).forms

    def form(self, *names: str) -> Form:
        """The first form that has all these fields. Raises LookupError where there is none."""
        for form in self.forms:
            if set(names) <= form.names | {button[0] for button in form.buttons}:
                return form
        raise LookupError(f"no form with {names} on {self.address}: {self.status}")


class Visitor:
    """Somebody with a session of their own, at an address of this machine."""

    def __init__(self, base: str, address: str = "127.0.0.1") -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        self._follows = build_opener(_From(address), HTTPCookieProcessor(self.jar))
        self._stays = build_opener(_From(address), HTTPCookieProcessor(self.jar), _NoRedirect())

    def log_in(self, email: str, password: str) -> Self:
        """Log in by the form. Raises AssertionError where that fails."""
        page = self.get("/logga-in/")
        after = self.send(page, page.form("login", "password"), login=email, password=password)
        assert "/logga-in/" not in after.address, after.text
        return self

    def get(self, path: str, *, follow: bool = True) -> Page:
        """The page at a path."""
        return self._open(Request(urljoin(self.base, path)), follow)

    def send(self, page: Page, form: Form, *, follow: bool = True, **answers: str | list[str]) -> Page:
        """Send a form of a page with these answers."""
        return self.post(urljoin(page.address, form.action), form.with_answers(**answers), follow=follow)

    def post(self, path: str, pairs: list[tuple[str, str]], *, follow: bool = True) -> Page:
        """Send pairs of name and value to a path, with the session's token against forged requests."""
        token = next((cookie.value for cookie in self.jar if cookie.name.endswith("csrf") or "csrf" in cookie.name), "")
        pairs = [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"] + [("csrfmiddlewaretoken", token or "")]
        request = Request(urljoin(self.base, path), data=urlencode(pairs).encode(), method="POST")
        return self._open(request, follow)

    def upload(
        self, path: str, pairs: list[tuple[str, str]], name: str, file: tuple[str, bytes], *, follow: bool = True
    ) -> Page:
        """Send a form with a file of (name, content) under a field's name."""
        token = next((cookie.value for cookie in self.jar if "csrf" in cookie.name), "") or ""
        mark = uuid4().hex
        pairs = [pair for pair in pairs if pair[0] not in ("csrfmiddlewaretoken", name)] + [
            ("csrfmiddlewaretoken", token)
        ]
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in pairs
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file[0]}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1] + b"\r\n")
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        request = Request(urljoin(self.base, path), data=body, method="POST")
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        return self._open(request, follow)

    def _open(self, request: Request, follow: bool) -> Page:
        request.add_header("Referer", self.base)
        try:
            answer = (self._follows if follow else self._stays).open(request, timeout=TIMEOUT)
        except HTTPError as error:
            answer = error
        with answer:
            return Page(answer.status, answer.url, answer.read(), dict(answer.headers))


class _From(HTTPHandler):
    """Sends requests from a given address."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._connect = partial(HTTPConnection, source_address=(address, 0))

    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(self._connect, request)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
