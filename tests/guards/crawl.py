"""Every page as everybody, with what was asked, what came back and what it did to the database."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.forms import BaseForm, BaseFormSet
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from accounts.log.access import NAME_IN_LIST
from accounts.models import AccessEvent, AccessSubject
from tests.guards import access_table
from tests.guards.access_table import (
    CASE_PAGES,
    LOG_PAGES,
    PROJECT_PAGES,
    PUBLIC_PAGES,
    SECOND_PAGES,
    TWIN_PAGES,
    USERS_PAGES,
    Row,
)
from tests.guards.reach import IDS_OF, IS_SOAK, OF_A_KEY, opens
from tests.world.cast import Cast, labels
from tests.world.pages import path_to, rolled_back

SENT = {"x": "1"}
# Ways to open a page that the tables don't tell apart.
VARIANTS = {
    "participant_list": ({"visa": "alla"}, {"sena": "on", "steg": "1"}, {"steg": "orimligt"}),
    "result": ({"per": "2012-06-30"}, {"per": "i går"}),
    "result_persons": ({"mal": "steg-1", "vilka": "tid-ute"}, {"mal": "steg-9", "vilka": "tid-ute"}),
}
# Answers to a form: the file comes once there is a reason for it.
FILES = ("participant_extract_pdf", "participant_extract_json")
CASES_ASKED_FOR = ("assigned", "other organisation's")
# An enrolment that has ended changes these pages.
CHANGED_BY_EXIT = ("enrolment_detail", "enrolment_exit", "enrolment_reopen", "exit_misplaced", "livelihood_create")
# So does a protected identity these.
CHANGED_BY_PROTECTION = ("participant_protect", "enrolment_texts", "enrolment_correct")
OF_THINGS = (CASE_PAGES, TWIN_PAGES, *IDS_OF)
CHANGED_BY = {"ended": CHANGED_BY_EXIT, "protected": CHANGED_BY_PROTECTION}
_WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)\"?", re.I)


class Page(HTMLParser):
    """The parts of a page that rules are about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.names: set[str] = set()
        # Of each form what its fields are called, and whether somebody writes at length in it.
        self.fields: list[set[str]] = []
        self.title = ""
        self._in: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in.append(tag)
        if tag == "form":
            self.fields.append(set())
        elif tag in ("input", "textarea", "select") and self.fields:
            self.fields[-1] |= {dict(attrs).get("name") or "", tag}
        for name, value in attrs:
            if name in ("href", "src", "action", "formaction", "srcset", "poster"):
                self.addresses.append(value or "")
            if name == "name":
                self.names.add(value or "")
            if name.startswith("on") or name == "style":
                self.inline.append(f"{tag} {name}")
        if tag == "style" or (tag == "script" and not dict(attrs).get("src")):
            self.inline.append(tag)

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] == "title" and not self.title:
            self.title = data


@dataclass
class Visit:
    """One request and what came of it."""

    role: str
    method: str
    name: str
    response: HttpResponse
    queries: list[str]
    events: int
    # Event and person, as the log has them.
    logged: list[tuple[int, UUID]]

    @property
    def what(self) -> str:
        return f"{self.role}: {self.method} {self.name} ({self.response.status_code})"

    @property
    def persons(self) -> set[UUID]:
        return {person for _, person in self.logged}

    @property
    def is_html(self) -> bool:
        return self.response["Content-Type"].startswith("text/html") if "Content-Type" in self.response else False

    @cached_property
    def text(self) -> str:
        """What can be read in the answer."""
        if self.response.headers.get("Content-Type") == "application/pdf":
            return _pdf_text(self.response.content)
        return self.response.content.decode()

    @cached_property
    def page(self) -> "Page":
        """The parts of the answer that rules are about, of a page."""
        return Page(self.text)

    @property
    def written_tables(self) -> set[str]:
        return {found[1] for query in self.queries if (found := _WRITES.match(query))}

    def forms(self) -> Iterator[BaseForm]:
        """The forms that the page was given, rows of formsets too."""
        seen: set[int] = set()
        for layer in self.response.context or ():
            for value in layer.flatten().values() if hasattr(layer, "flatten") else ():
                for form in _forms_in(value):
                    if id(form) not in seen:
                        seen.add(id(form))
                        yield form


def visits(cast: Cast, *roles: str, only: str = "") -> Iterator[Visit]:
    """Each role opens every page and sends every form empty, or does `only` what this method does; nothing stays."""
    for role in roles:
        client = labels.client_as(cast, role)
        client.raise_request_exception = True
        for row, args in (asked for asked in _asked(cast, role) if only in ("", asked[0]["method"])):
            for data in _opened_with(row["address"]) if row["method"] == "GET" else _sent_to(row["address"], cast):
                yield _visit(cast, role, client, row, args, data)


def _opened_with(address: str) -> Iterator[dict[str, str]]:
    yield access_table.QUERIES.get(address, {})
    yield from VARIANTS.get(address, ())


def _sent_to(address: str, cast: Cast) -> Iterator[dict[str, str]]:
    yield SENT
    if address in FILES:
        yield {"reason": "asked"}
    if address == "participant_assign":
        # All that were found: the page that asks once more.
        responsible = str(cast.hanna.public_id)
        yield {"token": str(uuid4()), "omfattning": "alla", "responsible": responsible}


def _asked(cast: Cast, role: str) -> Iterator[tuple[Row, tuple[Any, ...]]]:
    """Every page about every thing; of a table that has no page for the role one in five, since they say alike that
    it is nothing to see, and in `make soak` all."""
    for heading in (PROJECT_PAGES, LOG_PAGES, USERS_PAGES, SECOND_PAGES, PUBLIC_PAGES, *OF_THINGS):
        asked = [(row, ids) for row in access_table.table(heading) for ids in _things(cast, heading, row)]
        yield from asked if IS_SOAK or opens(role, heading) else asked[::5]
    # Of one's own account the page that is ours; the others are allauth's.
    yield from (
        (row, ()) for row in access_table.table(access_table.ACCOUNT_PAGES) if row["address"] == "account_phone"
    )


def _things(cast: Cast, heading: str, row: Row) -> Iterator[tuple[Any, ...]]:
    if heading == CASE_PAGES:
        more = [kind for kind, changed in CHANGED_BY.items() if row["address"] in changed]
        yield from ((labels.case_ids(cast)[kind][row["id of"]],) for kind in (*CASES_ASKED_FOR, *more))
    elif heading == TWIN_PAGES:
        yield from (pair[: row["path"].count("<id>")] for pair in labels.twins(cast).values())
    elif heading in OF_THINGS:
        yield from ((public_id,) for public_id in IDS_OF[heading](cast).values())
    elif row["address"] != OF_A_KEY:
        yield ()


def _visit(cast: Cast, role: str, client: Any, row: Row, args: tuple[Any, ...], data: dict[str, str]) -> Visit:
    path, cookies = path_to(row["address"], *args), client.cookies.copy()
    connection.queries_log.clear()
    with rolled_back():
        last = AccessEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with CaptureQueriesContext(connection) as caught:
            response = client.post(path, data) if row["method"] == "POST" else client.get(path, data)
        events = AccessEvent.objects.filter(pk__gt=last)
        logged = list(AccessSubject.objects.filter(event__in=events.values("pk")).values_list("event", "person"))
        queries = [query["sql"] for query in caught]
        # Of those who are names in a list on the page the log tells beside what it tells of the page.
        of_pages = events.exclude(part=NAME_IN_LIST).count()
        visit = Visit(role, row["method"], row["address"], response, queries, of_pages, logged)
    client.cookies = cookies
    return visit


def _forms_in(value: Any) -> Iterator[BaseForm]:
    if isinstance(value, BaseForm):
        yield value
    elif isinstance(value, BaseFormSet):
        yield value.management_form
        yield from value.forms


def _pdf_text(content: bytes) -> str:
    ran = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return ran.stdout.decode()
