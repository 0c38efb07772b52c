"""The measurements of pages, asked for as a browser does."""

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client, override_settings
from django.urls import reverse

from accounts.enums import ExportReason
from accounts.models import User
from participants.models import Enrolment
from workshop import aims
from workshop.aims import Aim
from workshop.bench.measure import Measured
from workshop.scale.people import World

# The test client's answer.
Response = Any
ROWS = 50
NAME = "lindqvist"


def log_in(user: User) -> Client:
    """A browser in which the user is logged in."""
    client = Client()
    client.force_login(user)
    return client


def person_pages(world: World, bare: Client) -> Iterator[Measured]:
    """The measurements of pages about persons: list, search, open, start page and form."""
    coordinator, worker = log_in(world.coordinator), log_in(world.case_worker)
    people = reverse("participant_list")

    def page(name: str, client: Client, url: str, aim: Aim, rows: int = ROWS) -> Measured:
        return Measured(name, lambda: get(client, url), lambda: get(bare, f"/rader/{rows}/"), aim)

    last = _last_page(coordinator)
    yield page("list, first page", coordinator, people, aims.LIST)
    yield page("list, middle page", coordinator, f"{people}?sida={last // 2 or 1}", aims.LIST)
    yield page("list, last page", coordinator, f"{people}?sida={last}", aims.LIST)
    yield page("list of a case worker", worker, people, aims.LIST)
    yield page("list, at step 3", coordinator, f"{people}?steg=3", aims.LIST)
    yield page("list, late", coordinator, f"{people}?sena=on", aims.LIST)
    yield page("list, nobody responsible", coordinator, f"{people}?ansvarig=ingen", aims.LIST)
    yield page("name search", coordinator, _searched(coordinator, NAME), aims.SEARCH)
    yield page("name search, one letter", coordinator, _searched(coordinator, "å"), aims.SEARCH)
    yield page("number search", coordinator, _searched(coordinator, "19800"), aims.SEARCH)
    yield Measured(
        "name search, typed and answered",
        lambda: _search(coordinator, NAME),
        lambda: get(bare, f"/rader/{ROWS}/"),
    )
    case = world.case.get_absolute_url()
    yield page("participant page", worker, case, aims.PARTICIPANT, lines_of(get(worker, case)))
    yield Measured(
        "registerutdrag as PDF",
        lambda: _extract(worker, world.case),
        lambda: get(bare, f"/rader/{ROWS}/"),
        share=0.3,
    )
    home = reverse("home")
    yield page("start page of a coordinator", coordinator, home, aims.START)
    yield page("start page of a case worker", worker, home, aims.START)
    yield page("meeting form", worker, reverse("meeting_create", args=[world.case.public_id]), aims.MEETING_FORM)


def _extract(client: Client, case: Enrolment) -> None:
    """Fetch a registerutdrag, without the limit on how often a user may."""
    with override_settings(EXPORTS_AN_HOUR=10_000):
        url = reverse("participant_extract_pdf", args=[case.participant.public_id])
        expect(client.post(url, {"reason": ExportReason.ASKED}), 200)


def _last_page(client: Client) -> int:
    """The number of the last page that the list leads to. The middle one is furthest from both ends."""
    response = get(client, reverse("participant_list"))
    pages = [int(number) for number in re.findall(r"sida=(\d+)", response.content.decode())]
    return max(pages, default=1)


def lines_of(response: Response) -> int:
    """The number of database rows that a page about one person lists: its list items and table rows."""
    return len(re.findall(r"<(?:li|tr|dt)[ >]", response.content.decode()))


def _searched(client: Client, text: str) -> str:
    """The address to which a search for `text` leads."""
    return client.post(reverse("participant_list"), {"q": text}).headers["Location"]


def _search(client: Client, text: str) -> None:
    get(client, _searched(client, text))


def get(client: Client, url: str) -> Response:
    """The page. Raises RuntimeError where it isn't there."""
    return expect(client.get(url), 200)


def expect(response: Response, status: int) -> Response:
    """The answer, if it has this status. Raises RuntimeError for another: it isn't the one to measure."""
    if response.status_code != status:
        raise RuntimeError(f"{response.status_code} instead of {status}: nothing to measure")
    return response
