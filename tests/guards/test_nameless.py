"""Whoever may not read who somebody is reads it nowhere: on no page of the case, no list, no draft of one's own."""

import pytest

from core.enums import Category
from core.models import Draft
from tests.guards import access_table
from tests.guards.access_table import CASE_PAGES, CLOSED, table
from tests.guards.test_access import path_of
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cast import Cast
from tests.world.pages import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

KEEP = "/utkast/spara/"


@pytest.mark.parametrize("reads_name", [True, False])
def test_who_reads_all_but_the_name_reads_it_nowhere(cast: Cast, reads_name) -> None:
    case, client = cast.cases.of_hanna, cast.client(cast.alva)
    assign_contact(case.enrolment, cast.alva)
    kinds = [kind for kind in Category if reads_name or kind is not Category.IDENTITY]
    consents.give(case.enrolment, [cast.world.af], kinds, by=cast.hanna)
    of_case = _of_case(client, case)
    for path in of_case:
        _type_something(client, path)
    drafts = list(Draft.objects.filter(author=cast.alva))
    assert drafts, "nothing of the case was typed"
    seen = {path: _html(client, path) for path in [*of_case, *_without_ids(), *(draft.address for draft in drafts)]}
    identity = case.enrolment.participant.identity
    said = {path for path, html in seen.items() if identity.family_name in html or identity.given_name in html}
    assert bool(said) is reads_name, said
    assert len([html for html in seen.values() if html]) > 12


def _of_case(client, case) -> list[str]:
    """Addresses of the case's pages that open to another party."""
    rows = {row["address"] for row in table("Pages of a shared case") if row["method"] == "GET"}
    paths = [path_of(row, case.ids[row["id of"]]) for row in table(CASE_PAGES) if row["method"] == "GET"]
    names = [row["address"] for row in table(CASE_PAGES) if row["method"] == "GET"]
    open_here = [path for name, path in zip(names, paths, strict=True) if name in rows]
    return [path for path in open_here if client.get(path, follow=True).status_code == 200]


def _without_ids() -> list[str]:
    """Addresses of all pages that are about nothing in particular."""
    rows = access_table.rows(*CLOSED)
    return ["/", *{row["path"] for row in rows if row["method"] == "GET" and "<" not in row["path"]}]


def _type_something(client, path: str) -> None:
    answer = client.get(path, follow=True)
    form = (answer.context or {}).get("form")
    if form is None or not hasattr(form, "page") or not form.page().words:
        return
    name = next(iter(form.page().words))
    client.post(KEEP, typed(client, path, **{name: "Något"}))


def _html(client, path: str) -> str:
    answer = client.get(path, follow=True)
    is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if is_page else ""
