"""People of a test's own, enrolled by request: nobody whom another test looks for."""

import re
import secrets
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import psycopg2

from core.days.dates import today
from core.swedish.personal_numbers import parse
from tests.http.client import Page, Visitor

CASE = re.compile(r"/inskrivningar/[0-9a-f-]{36}/")
DRAFT = re.compile(r"/utkast/[0-9a-f-]{36}/\?kasta")
PERSON = re.compile(r"/deltagare/[0-9a-f-]{36}/")
_LETTERS = "aeiou"
# Seconds that a register may wait for others to be read.
PATIENCE = 60


def name() -> str:
    """A name that stands nowhere else: «Zofakuvi…»."""
    return "Z" + "".join(secrets.choice("bdfgkmnprstv") + secrets.choice(_LETTERS) for _ in range(5))


def number() -> str:
    """A personal number of those that are nobody's: its last four digits begin with 98. No two are a slip apart,
    or the form asks whether somebody enrolled by another test is meant: two enrolments of 180 were, one run in three.
    """
    while True:
        born = date(1960, 1, 1) + timedelta(days=secrets.randbelow(12000))
        nine = f"{born:%y%m%d}98{secrets.randbelow(10)}"
        # As an ISBN: one digit changed, or two neighbours that changed places, give another remainder.
        if sum(weight * int(digit) for weight, digit in enumerate(nine, start=1)) % 11 == 0:
            start = f"{born:%Y%m%d}-{nine[-3:]}"
            return next(text for digit in range(10) if is_number(text := f"{start}{digit}"))


def is_number(text: str) -> bool:
    """Whether the last digit is right."""
    try:
        return bool(parse(text, on=today()))
    except ValueError:
        return False


def without_draft(visitor: Visitor, path: str, *names: str) -> Page:
    """A page with a form of these fields, after what the user had typed in it and not saved is let go of."""
    page = visitor.get(path)
    if "Det är ett utkast" in page.text:
        visitor.post(DRAFT.search(page.html)[0], [])
        page = visitor.get(path)
    return page


def enrol(visitor: Visitor, **answers: str) -> Page:
    """Send the form by which somebody is enrolled."""
    page = visitor.get("/deltagare/ny/")
    return visitor.send(page, page.form("given_name", "number"), source="social_services", **answers)


def upload_register(visitor: Visitor, content: bytes) -> Page:
    """Choose a register file and send it, again while the page says that other tests' files are being read: two are at
    a time, so that a third worker's test was refused."""
    for _ in range(PATIENCE):
        form = visitor.get("/import/").form("token")
        answer = visitor.upload("/import/", form.fields, "file", ("register.xlsx", content))
        if "två åt gången" not in answer.text:
            break
        time.sleep(1)
    return answer


def case_of(page: Page) -> str:
    """The address of the case that a person's page leads to."""
    return CASE.search(page.html)[0]


def protect(visitor: Visitor, person: Page) -> Page:
    """Set a protection on the person of the page."""
    page = visitor.get(f"{PERSON.search(person.address)[0]}skydd/")
    return visitor.send(page, page.form("level"), level="confidentiality_mark", is_kept="on")


def all_that_is_stored(site) -> str:
    """The bytes of SQLite's files; on PostgreSQL every row of every table."""
    if site.database.startswith("postgres"):
        return "\n".join(_rows(site.database))
    path = urlsplit(site.database).path
    files = [*site.folder.glob(f"{path.rpartition('/')[2]}*")]
    return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files if file.is_file())


def _rows(database: str) -> Iterator[str]:
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from (row[0] for row in cursor.fetchall())


def events(site, part: str) -> list[tuple[str, str]]:
    """The events of a part: who, and about whom."""
    question = (
        "SELECT u.email, CAST(s.person AS TEXT) FROM accounts_accessevent e JOIN accounts_user u ON u.id = e.user_id"
        " LEFT JOIN accounts_accesssubject s ON s.event_id = e.id WHERE e.part = "
    )
    if site.database.startswith("postgres"):
        with psycopg2.connect(site.database) as connection, connection.cursor() as cursor:
            cursor.execute(f"{question}%s", [part])
            return [(who, person.replace("-", "")) for who, person in cursor.fetchall()]
    connection = sqlite3.connect(site.database.removeprefix("sqlite:///"))
    rows = connection.execute(f"{question}?", [part]).fetchall()
    connection.close()
    return [(who, person.replace("-", "")) for who, person in rows]
