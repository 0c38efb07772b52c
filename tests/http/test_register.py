"""Registers and files by request: what stalled the site doesn't, and nobody who is marked gets in by name."""

import sqlite3
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import psycopg2
import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.actionplans.register.builders import PLAIN, register_file, saved, workbook
from tests.actionplans.register.hostile import SHAPES
from tests.http.people import upload_register

CASES = Path(__file__).parents[1] / "data" / "register"
UPLOAD = "/import/"
LINES = "a\r\n" * 6_000


@pytest.fixture(scope="module")
def coordinator(site):
    return site.as_("samira")


def cancel(visitor, page) -> None:
    visitor.post(page.address, [("do", "cancel")])


def stored(site) -> str:
    """All that is kept of register files that wait, unpacked."""
    question = "SELECT content FROM actionplans_importbatch WHERE content IS NOT NULL"
    if site.database.startswith("postgres"):
        with psycopg2.connect(site.database) as connection, connection.cursor() as cursor:
            cursor.execute(question)
            rows = cursor.fetchall()
    else:
        connection = sqlite3.connect(site.database.removeprefix("sqlite:///"))
        rows = connection.execute(question).fetchall()
        connection.close()
    return "".join(zlib.decompress(bytes(content).partition(b"\n")[2]).decode() for (content,) in rows)


def commented(text: str) -> bytes:
    book = load_workbook(BytesIO(register_file({"Efternamn": "Hemligström"})))
    book.worksheets[0]["H2"].comment = Comment(text, "Ada")
    return saved(book)


@pytest.mark.parametrize("shape", ["a cell in row 19 000, column 900", "a long string in every cell"])
def test_a_workbook_that_stalled_the_site_is_refused_and_kept_by_nobody(site, coordinator, shape):
    page = upload_register(coordinator, SHAPES[shape]())
    assert page.status == 200
    assert "Filen är för stor att läsa in." in page.text
    assert page.address.endswith(UPLOAD)


def test_eight_at_once_are_answered_and_pages_go_on(site, coordinator):
    content, reader = SHAPES["two million tags within each other"](), site.as_("hanna")
    form = coordinator.get(UPLOAD).form("token")
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(coordinator.upload, UPLOAD, form.fields, "file", ("r.xlsx", content)) for _ in range(8)]
        assert reader.get("/deltagare/").status == 200
        answers = [answer.result() for answer in sent]
    assert {answer.status for answer in answers} == {200}
    assert [answer for answer in answers if "två åt gången" in answer.text]


@pytest.mark.parametrize(
    "content",
    [
        register_file({"Efternamn": "Hemligström", "Placering": "S-märkt"}),
        register_file({"Efternamn": "Hemligström", "Personnr": "19790214Tf29"}),
        commented("OBS! Skyddad"),
        workbook({"R": [[*PLAIN, "Sekretess"], [*(PLAIN | {"Efternamn": "Hemligström"}).values(), "x"]]}),
    ],
    ids=["a word in another column", "a number of its own", "a comment", "a column of its own"],
)
def test_whoever_is_marked_is_counted_and_stands_by_name_nowhere(site, coordinator, content):
    page = upload_register(coordinator, content)
    assert page.status == 200
    assert "Räknas utan att registreras" in page.text
    assert "Hemligström" not in page.html + stored(site) + site.log
    cancel(coordinator, page)


def test_what_is_asked_cant_be_gone_round(site, coordinator):
    page = upload_register(coordinator, (CASES / "tva_kolumner_samma_sak.xlsx").read_bytes())
    assert "Flera kolumner kan vara Inskriven: Start (E) och Inskriven (F)." in page.text
    answer = coordinator.post(page.address, [("do", "approve"), ("token", "6f0e1f0e-53c4-4b5f-9d2e-1a2f6d6f0009")])
    assert "Svara först" in answer.text
    cancel(coordinator, page)


def test_a_report_of_thousands_of_lines_isnt_taken(site):
    leader = site.as_("petra")
    page = leader.get("/rapporter/ny/")
    answer = leader.send(page, page.form("text_1"), text_1=LINES)
    assert "Texten har 6000 rader och får ha högst 400." in answer.text


def test_one_user_never_makes_two_files_at_once(site):
    worker = site.as_("jonas")
    case = next(link for link in worker.get("/deltagare/").links if link.startswith("/inskrivningar/"))
    extract = next(link for link in worker.get(case).links if link.endswith("/registerutdrag/"))
    sent = [("reason", "asked")]
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(worker.post, extract.rstrip("/") + ".pdf", sent) for _ in range(6)]
        answers = [answer.result() for answer in asked]
    assert {answer.status for answer in answers} == {200, 503}
    waiting = next(answer for answer in answers if answer.status == 503)
    assert "Din förra fil görs just nu." in waiting.text
    assert worker.send(waiting, waiting.form("reason")).body.startswith(b"%PDF-")
