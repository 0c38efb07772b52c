"""The measurements of pages, asked for as a browser does."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import cycle
from typing import Any
from uuid import uuid4

from django.test import Client, override_settings
from django.urls import reverse

from accounts.enums import ExportReason
from accounts.models import User
from actionplans.enums import MeetingKind
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.actions import ladder_on
from workshop.bench.measure import Measured
from workshop.bench.population import World
from workshop.bench.sharing import scope_pages

# The test client's answer.
Response = Any
PAGE_AIM = 4
SAVE_AIM = 3
ROWS = 50
_DEEP = 1000
_NAME = "lindqvist"


_SEEN = re.compile(r'name="seen" value="([^"]*)"')


def log_in(user: User) -> Client:
    """A browser in which the user is logged in."""
    client = Client()
    client.force_login(user)
    return client


def person_pages(world: World, bare: Client) -> Iterator[Measured]:
    """The measurements of pages about persons: list, search, open, start page and save."""
    coordinator, worker = log_in(world.coordinator), log_in(world.case_worker)
    people = reverse("participant_list")

    def page(name: str, client: Client, url: str, rows: int = ROWS) -> Measured:
        return Measured(name, lambda: get(client, url), lambda: get(bare, f"/rader/{rows}/"), PAGE_AIM)

    yield page("list, first page", coordinator, people)
    yield page(f"list, page {_DEEP}", coordinator, f"{people}?sida={_DEEP}")
    yield page("list, middle page", coordinator, f"{people}?sida={_middle(coordinator)}")
    yield page("list of a case worker", worker, people)
    yield page("list, at step 3", coordinator, f"{people}?steg=3")
    yield page("list, late", coordinator, f"{people}?sena=on")
    yield page("list, nobody responsible", coordinator, f"{people}?ansvarig=ingen")
    yield page("name search", coordinator, _searched(coordinator, _NAME))
    yield page("name search, one letter", coordinator, _searched(coordinator, "å"))
    yield page("number search", coordinator, _searched(coordinator, "19800"))
    yield Measured(
        "name search, typed and answered",
        lambda: _search(coordinator, _NAME),
        lambda: get(bare, f"/rader/{ROWS}/"),
    )
    case = world.case.get_absolute_url()
    yield page("participant page", worker, case, rows=_lines(get(worker, case)))
    yield Measured(
        "registerutdrag as PDF",
        lambda: _extract(worker, world.case),
        lambda: get(bare, f"/rader/{ROWS}/"),
        share=0.3,
    )
    home = reverse("home")
    yield page("start page of a coordinator", coordinator, home)
    yield page("start page of a case worker", worker, home)
    yield meeting_save(world, worker, bare)
    yield from scope_pages(coordinator, world.case)


def _extract(client: Client, case: Enrolment) -> None:
    """Fetch a registerutdrag, without the limit on how often a user may."""
    with override_settings(EXPORTS_AN_HOUR=10_000):
        url = reverse("participant_extract_pdf", args=[case.participant.public_id])
        expect(client.post(url, {"reason": ExportReason.ASKED}), 200)


def meeting_save(world: World, worker: Client, bare: Client) -> Measured:
    """The measurement of a save: a meeting with a note, a step with its criteria, and the next time; in a new case each
    round."""
    open_cases = Enrolment.objects.assigned_to(Scope.of(world.case_worker, world.on)).on(world.on)
    cases = cycle(open_cases.exclude(pk=world.case.pk).order_by("-pk")[:500])
    fields = _meeting_fields(world)

    def save() -> None:
        url = reverse("meeting_create", args=[next(cases).public_id])
        # The page is asked for too, since the form sends back which facts the page showed.
        seen = _SEEN.search(worker.get(url).content.decode())
        words = {**fields, "text": f"{fields['text']} {uuid4()}"}  # the same words again would be asked about
        response = worker.post(url, {**words, "token": str(uuid4()), "seen": unescape(seen[1]) if seen else ""})
        expect(response, 302)

    return Measured(
        "save a meeting with a step", save, lambda: expect(bare.post("/spara/", {"text": "x"}), 201), SAVE_AIM
    )


def _meeting_fields(world: World) -> dict[str, object]:
    step = ladder_on(world.project, world.on).steps.get(number=1)
    fields: dict[str, object] = {
        "kind": MeetingKind.FOLLOW_UP,
        "held_on": world.on.isoformat(),
        "participant_present": "on",
        "users": [str(world.case_worker.public_id)],
        "text": "Kom i tid alla dagar. Vill pröva köket.",
        "step": "1",
        "outcome": "as_proposed",
        "next_choice": "",
    }
    for criterion in step.criteria.all():
        fields[f"criterion_{criterion.pk}"] = "met"
        if criterion.supervisor_required:
            fields[f"supervisor_{criterion.pk}"] = "Kim Handledare"
    return fields


def _middle(client: Client) -> int:
    """The number of the list's middle page, which is furthest from both ends."""
    response = get(client, reverse("participant_list"))
    pages = [int(number) for number in re.findall(r"sida=(\d+)", response.content.decode())]
    return max(pages, default=1) // 2 or 1


def _lines(response: Response) -> int:
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
