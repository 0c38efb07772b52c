"""Asking for pages and filling them in as a browser does."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.db import connection, transaction
from django.forms import BaseForm, CheckboxInput
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.address import parted


class Browser(Client):
    """A client that is led on to the project in the address, as a browser is, when its user has several projects."""

    def get(self, path: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open a page, and the one with the project in its address that it leads on to."""
        response = super().get(path, *args, **kwargs)
        key, page = parted(response.headers.get("Location", "").partition("?")[0])
        return super().get(response["Location"], **kwargs) if key and page == path.partition("?")[0] else response


def path_to(name: str, *args: object) -> str:
    """The path of an address by its name, about the things with these ids."""
    return reverse(name, args=args)


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside leaves no trace, so that the next request meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def shown(form: BaseForm) -> dict[str, Any]:
    """What the browser would send if nothing were touched."""
    values = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field.widget, CheckboxInput):
            values |= {bound.html_name: "on"} if value else {}
            continue
        value = bound.field.widget.format_value(value) if hasattr(bound.field.widget, "format_value") else value
        if isinstance(value, list) and not getattr(bound.field.widget, "allow_multiple_selected", False):
            value = value[0] if value else ""
        if value not in (None, "", False, []):
            values[bound.html_name] = value
    return values


def fill(client: Client, url: str, **answers: Any) -> dict[str, Any]:
    """Open the page and answer: what its button would send."""
    return {**shown(client.get(url).context["form"]), **answers}


def mark(response: HttpResponse) -> str:
    """The signed mark of the page that a form stands on."""
    found = re.search(r'name="page" value="([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])


def typed(client: Client, url: str, **answers: Any) -> dict[str, Any]:
    """What stands in the page's form, with these answers, as the page's script sends it to keep a draft."""
    page = client.get(url)
    return {**shown(page.context["form"]), **answers, "page": mark(page)}


def submit(client: Client, url: str, **answers: Any) -> HttpResponse:
    """Open the page, answer, press."""
    return client.post(url, fill(client, url, **answers))


def faults(response: HttpResponse) -> Mapping[str, list[str]]:
    """What the page says is wrong, by field."""
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def queries(client: Client, url: str, data: dict[str, Any] | None = None) -> int:
    """How many questions a page asks the database; savepoints ask nothing."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.post(url, data) if data else client.get(url)
    assert answer.status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in caught)


@dataclass(slots=True)
class PageForm:
    """A form as it stands on a page: where its buttons send it, what is filled in, and which boxes take words."""

    targets: list[str]
    values: dict[str, str] = field(default_factory=dict)
    boxes: list[str] = field(default_factory=list)

    def said(self, words: str) -> dict[str, str]:
        """What is sent when each box has got some words; the name of the box stands in them."""
        return {**self.values, **{box: f"{words} {box}" for box in self.boxes}}


class _Forms(HTMLParser):
    """Reads the forms that are sent; what isn't in them is passed by."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[PageForm] = []
        self.form: PageForm | None = None
        # The select of a weekday that is being read, by its name.
        self.days = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method") == "post":
            self.form = PageForm([said.get("action") or self.path])
            self.found.append(self.form)
        if self.form is None:
            return
        if "data-day" in said:
            self.form.values[said["name"]] = said.get("value", "")
        elif tag == "select":
            self.days = said["name"] if "data-time" in said else ""
        elif tag == "option" and self.days and "selected" in said:
            self.form.values[self.days] = said["value"]
        elif "data-time" in said:
            self.form.values[said["name"]] = said.get("value") or ("10" if said["name"].endswith("_end") else "9")
        elif tag == "textarea" or (tag == "input" and said.get("type", "text") in ("text", "email", "tel")):
            self.form.boxes.append(said["name"])
        elif tag == "input" and (said["type"] == "hidden" or "checked" in said):
            self.form.values[said["name"]] = said.get("value", "on" if "checked" in said else "")
        elif "formaction" in said:
            self.form.targets.append(said["formaction"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def forms_on(client: Client, path: str) -> list[PageForm]:
    """The forms of a page, read from its markup; none where there is no page."""
    return forms_in(client.get(path), path)


def forms_in(response: HttpResponse, path: str) -> list[PageForm]:
    """The forms of a page that has been answered."""
    reader = _Forms(path)
    if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
        reader.feed(response.content.decode())
    return reader.found
