"""Where a link leads: every link of every page opens a page to the role that reads it."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from django.http import HttpResponse
from lxml import html

from tests.guards.reach import pages
from tests.world.cast import Cast, labels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def links(text: str, path: str) -> Iterator[str]:
    """The addresses of ours that the page at a path leads to."""
    for link in html.fromstring(text).xpath("//a[@href]"):
        address = urldefrag(urljoin(path, link.get("href"))).url
        if address.startswith("/") and not address.startswith(("//", "/static/")):
            yield address


def refused(client, opened: Iterator[tuple[str, str]]) -> tuple[list[str], int]:
    """The links of the opened pages that the client is refused, and how many there were; each is followed once."""
    found, followed = [], set()
    for name, path in opened:
        if name == "gallery":
            continue  # its links are invented
        page = client.get(path)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for address in links(page.content.decode(), path):
            if address not in followed:
                followed.add(address)
                status = client.get(address).status_code
                found += [f"{name} leads to {address}: {status}"] if status >= 400 else []
    return found, len(followed)


class _Site:
    """Two pages, of which one is shut."""

    def get(self, path: str) -> HttpResponse:
        page = '<a href="/shut/?a=1#b">In</a><a href="https://example.com/">Out</a><a href="#here">Here</a>'
        return HttpResponse(page) if path == "/open/" else HttpResponse(status=403)


def test_the_guard_sees_a_link_that_isnt_opened() -> None:
    assert refused(_Site(), iter([("open", "/open/")])) == (["open leads to /shut/?a=1: 403"], 2)


@pytest.mark.parametrize(
    "role",
    ["case worker", "coordinator", "project leader", "steering group", "supervisor", "log reviewer", "administrator"],
)
def test_every_link_opens_a_page_to_the_role_that_reads_it(cast: Cast, role: str) -> None:
    found, followed = refused(labels.client_as(cast, role), pages(cast, role))
    assert followed > 3
    assert "\n".join(found) == ""
