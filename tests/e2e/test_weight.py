"""What log-in and start page fetch together when the browser has nothing yet."""

import gzip

import pytest

from tests.world.cast import Cast
from tests.world.factories import PASSWORD

pytestmark = pytest.mark.e2e

MOST_FILES, MOST_BYTES = 15, 300_000
# Compressed already; everything else is compressed on its way by the server of `make run`.
AS_IT_IS = ("font/", "image/png")


def test_log_in_and_start_page_fetch_little(visit, cast: Cast):
    page = visit.open("/halsa")
    fetched = []
    page.on("response", lambda answer: fetched.append(answer))
    page.goto("/logga-in/")
    page.fill("[name=login]", cast.hanna.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert page.inner_text("title") == "Att göra – Samverkan"
    # What the second page takes from the browser's own store is said once more, but not fetched.
    files = {answer.url for answer in fetched if answer.status == 200}
    assert {url.rpartition(".")[2] for url in files} >= {"css", "js", "woff2"}, "nothing was counted"
    assert len(files) <= MOST_FILES, sorted(files)
    assert sum(weight(page, url) for url in files) <= MOST_BYTES


def weight(page, url: str) -> int:
    """Bytes of a file, compressed."""
    answer = page.request.get(url)
    is_compressed = answer.headers["content-type"].startswith(AS_IT_IS)
    return len(answer.body()) if is_compressed else len(gzip.compress(answer.body(), 6))
