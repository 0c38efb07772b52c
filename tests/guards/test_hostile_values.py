"""Whatever is sent to any address in any field or parameter: a sentence, never a fault of the program.

Every form of every page is sent with values that no browser sends; every page is asked for with parameters that no link
of ours has. A run sends each form a few of them, the next form the next ones, and so each value in many forms; `make
soak` sends each form all of them, and each value in each field alone as well.
"""

from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

import pytest
from django.test import Client

from tests.guards import access_table
from tests.guards.reach import IS_SOAK, pages
from tests.http.client import Form, Page
from tests.world.cast import Cast, labels
from tests.world.pages import rolled_back

pytestmark = pytest.mark.django_db

VALUES = (
    "\x00",
    "9999-12-31",
    "0001-01-01",
    "99991231",
    "2026-02-30",
    "9" * 400,
    "-1",
    "1e400",
    "٣٤٥٦٧٨-٩٠١٢",
    "00000000-0000-0000-0000-000000000000",
    "a" * 70_000,
    "‮<script>'\";--",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 300,
)
PARAMETERS = (
    "per",
    "sida",
    "visa",
    "sok",
    "namn",
    "steg",
    "ansvarig",
    "mal",
    "vilka",
    "dag",
    "manad",
    "besked",
    "next",
)
ROLES = (
    "case worker",
    "coordinator",
    "project leader",
    "steering group",
    "supervisor",
    "administrator",
    "log reviewer",
)
HIDDEN = {"csrfmiddlewaretoken", "ticket", "token", "seen"}
DAYS = ("_on", "_day", "_from", "_through", "_start", "_end")
PLAIN = "Prov av ett värde som räcker till"
FEW = ("\x00", "00000000-0000-0000-0000-000000000000", "9" * 400)
# Those that a day could be taken for.
DAY_LIKE = VALUES[:8]
# Each try costs a password's hash, and is slowed down after a few.
LEFT_OUT = {"/logga-ut/", "/logga-in/", "/konto/losenord/", "/konto/bekrafta/"}


def _sent(form: Form, number: int) -> Iterator[dict[str, list[str]]]:
    """What is sent to the form with this number: three times another value in each field that is typed, twice one like
    a day in the days alone, and one of a few in every third other field alone.

    In `make soak` each value in all that is typed at once and in the days, and in each field alone.
    """
    kept = {name: [value] for name, value in form.fields if name in HIDDEN}
    typed = [name for name, _ in form.fields if name not in HIDDEN and name not in form.choices]
    days = [name for name in typed if name.endswith(DAYS)]
    chosen = {name: [values[-1][0]] for name, values in form.choices.items() if values}
    plain = kept | chosen | {name: ["2026-11-02" if name in days else PLAIN] for name in typed}
    alone = [[name] for name in (*form.choices, *kept)]
    if IS_SOAK:
        for value in VALUES:
            for names in (typed, days, *alone, *([name] for name in typed)):
                if names:
                    yield plain | {name: [value] for name in names}
        return
    for turn in range(number, number + len(VALUES), 5) if typed else ():
        yield plain | {name: [VALUES[(place + turn) % len(VALUES)]] for place, name in enumerate(typed)}
    for turn in (number, number + 4) if days else ():
        yield plain | {name: [DAY_LIKE[(place + turn) % len(DAY_LIKE)]] for place, name in enumerate(days)}
    for place in range(number % 3, len(alone), 3):
        yield plain | {name: [FEW[(place + number) % len(FEW)]] for name in alone[place]}


def test_no_value_in_any_form_is_a_fault(cast: Cast, quiet):
    faults, seen = set(), set()
    for role in ROLES:
        client = labels.client_as(cast, role)
        client.raise_request_exception = False
        for name, path in pages(cast, role):
            answer = client.get(path, access_table.QUERIES.get(name, {}))
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            for form in Page(200, path, answer.content, {}).forms if answer.status_code == 200 and is_page else ():
                target = urljoin(path, form.action)
                if (target, frozenset(form.names)) not in seen and target not in LEFT_OUT:
                    seen.add((target, frozenset(form.names)))
                    faults |= {(name, field, value) for field, value in _faults(client, target, form, len(seen))}
    assert len(seen) > 40
    assert faults == set()


def _faults(client: Client, target: str, form: Form, number: int) -> Iterator[tuple[str, str]]:
    for data in _sent(form, number):
        cookies = client.cookies.copy()
        with rolled_back():
            status = client.post(target, data).status_code
        client.cookies = cookies
        if status >= 500:
            hostile = [(field, value[0][:20]) for field, value in data.items() if value[0] in VALUES]
            yield hostile[0] if hostile else ("", "")


def _asked(name: str, number: int) -> Iterator[dict[str, str]]:
    """Queries of a page: another value in each parameter, three times; in the course of the pages each in each."""
    needed = access_table.QUERIES.get(name, {})
    for turn in range(len(VALUES)) if IS_SOAK else range(0, len(VALUES), 5):
        values = [VALUES[(place + number + turn) % len(VALUES)] for place in range(len(PARAMETERS))]
        yield dict(zip(PARAMETERS, values, strict=True)) | needed
        for parameter, value in zip(PARAMETERS, values, strict=True) if IS_SOAK else ():
            yield {parameter: value}


def test_no_parameter_of_any_page_is_a_fault(cast: Cast, quiet):
    faults, seen = set(), set()
    for role in ROLES:
        client = labels.client_as(cast, role)
        client.raise_request_exception = False
        for name, path in pages(cast, role):
            if path in seen or client.get(path, access_table.QUERIES.get(name, {})).status_code != 200:
                continue
            seen.add(path)
            for query in _asked(name, len(seen)):
                with rolled_back():
                    status = client.get(f"{path}?{urlencode(query)}").status_code
                if status >= 500:
                    faults.add((name, str(query)[:200]))
    assert len(seen) > 40
    assert faults == set()


@pytest.mark.parametrize("key", ["0-set-password", f"{'z' * 40}-set-password", "zzzzzzzzzzzzz-x-y", "1-\x00"])
def test_no_link_for_a_password_is_a_fault(client, quiet, key):
    client.raise_request_exception = False
    for answer in (client.get(f"/glomt-losenord/{key}/"), client.post(f"/glomt-losenord/{key}/", {"password1": "x"})):
        assert answer.status_code in (200, 302, 404)
