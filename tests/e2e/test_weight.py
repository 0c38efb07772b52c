"""What log-in and start page fetch together when the browser has nothing yet."""

import gzip

import pytest

from tests.factories import PASSWORD
from tests.guards import cast

pytestmark = pytest.mark.e2e

MOST_FILES, MOST_BYTES = 15, 300_000
# Compressed already; everything else is compressed on its way by the server of `make run`.
AS_IT_IS = ("font/", "image/png")


@pytest.fixture
def people(transactional_db):
    return cast.build()


def test_log_in_and_start_page_fetch_little(visit, people):
    page = visit.open("/halsa")
    fetched = []
    page.on("response", lambda answer: fetched.append(answer))
    page.goto("/logga-in/")
    page.fill("[name=login]", people.users["case worker"].email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert page.inner_text("h1") == "Att göra"
    files = [answer for answer in fetched if answer.status == 200]
    assert {answer.url.rpartition(".")[2] for answer in files} >= {"css", "js", "woff2"}, "nothing was counted"
    assert len(files) <= MOST_FILES, [answer.url for answer in files]
    assert sum(map(weight, files)) <= MOST_BYTES


def weight(answer) -> int:
    """Bytes of a file, compressed."""
    body = answer.body()
    is_compressed = answer.header_value("content-type").startswith(AS_IT_IS)
    return len(body) if is_compressed else len(gzip.compress(body, 6))
