"""Every day that is typed is of a kind, and no form takes a mistyped year."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client

from core.days.kinds import CHECK_YEAR
from tests.guards import access_table
from tests.guards.reach import IS_SOAK, pages
from tests.guards.test_hostile_values import HIDDEN, PLAIN, ROLES
from tests.guards.test_repository import ROOT
from tests.http.client import Form, Page
from tests.world.asking import asking
from tests.world.cast import Cast, labels
from tests.world.pages import rolled_back

# The house's own; who asks for its kind of input; and a day that the page writes itself, in a hidden field.
LEFT_OUT = {Path("core/forms/fields.py"), Path("core/forms/sent.py"), Path("projects/ladder/version_form.py")}
DJANGOS = {"DateField", "DateInput", "SelectDateWidget", "DateTimeField", "SplitDateTimeField"}
# A browser's own picker sends the first for a year typed as 26. A run tries two of them on each day, and on the next
# day the next ones.
MISTYPED = ("0026-11-20", "1826-11-20", "2162-12-16", "9999-12-31", "99991231")
_DAY = re.compile(r'<input[^>]*\bname="([^"]+)"[^>]*\bdata-day="')


def _plain_day_fields(path: Path) -> Iterator[str]:
    """Names of fields and inputs for days that aren't the house's own."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        match node:
            case ast.Attribute(value=ast.Name(id="forms"), attr=name) if name in DJANGOS:
                yield f"{path}: {name}"


def test_every_day_in_a_form_is_a_day_field():
    apps = (
        "core",
        "accounts",
        "projects",
        "participants",
        "actionplans",
        "casework",
        "oversight",
        "reports",
        "samverkan",
    )
    paths = [path.relative_to(ROOT) for app in apps for path in (ROOT / app).rglob("*.py")]
    assert len(paths) > 300
    assert [said for path in paths if path not in LEFT_OUT for said in _plain_day_fields(path)] == []
    templates = [path for path in (ROOT / "templates").rglob("*.html") if 'type="date"' in path.read_text()]
    assert templates == []


def _day_forms(client: Client, cast: Cast, role: str) -> Iterator[tuple[str, str, Form, set[str]]]:
    """Name and path of a page, a form that stands on it, and the names of the form's days."""
    for name, path in pages(cast, role):
        answer = client.get(path, access_table.QUERIES.get(name, {}))
        is_page = answer.headers.get("Content-Type", "").startswith("text/html") and name != "gallery"
        days = set(_DAY.findall(answer.content.decode())) if answer.status_code == 200 and is_page else set()
        for form in Page(200, path, answer.content, {}).forms if days else ():
            if mine := days & form.names:
                yield name, urldefrag(urljoin(path, form.action)).url, form, mine


@pytest.mark.django_db
def test_no_form_takes_a_mistyped_year(cast: Cast, quiet):
    faults, seen = set(), set()
    for role in ROLES:
        client = labels.client_as(cast, role)
        client.raise_request_exception = False
        for page, target, form, days in _day_forms(client, cast, role):
            for day in days - {name for where, name in seen if where == target}:
                seen.add((target, day))
                years = MISTYPED if IS_SOAK else (MISTYPED[len(seen) % 5], MISTYPED[(len(seen) + 2) % 5])
                faults |= {(page, day, year) for year in years if not _is_refused(client, target, form, day, year)}
    assert len(seen) > 20
    assert faults == set()


def _is_refused(client: Client, target: str, form: Form, day: str, year: str) -> bool:
    """Whether the page comes back with what was typed in the day, and says beside it to check the year."""
    chosen = {name: [values[-1][0]] for name, values in form.choices.items() if values}
    typed = {name: [value or ("" if name in HIDDEN else PLAIN)] for name, value in form.fields}
    sent = typed | chosen | {name: [value] for name, value in asking(day).items()} | {day: [year]}
    with rolled_back():
        answer = client.post(target, sent) if "csrfmiddlewaretoken" in form.names else client.get(target, sent)
    body = answer.content.decode()
    return answer.status_code == 200 and CHECK_YEAR in body and f'value="{year}"' in body
