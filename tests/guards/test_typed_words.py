"""Words that were typed on a page stand there again: when it is opened anew, and when there are too many of them.

A run tries each text with one sign too many, and every third with as many as it takes; `make soak` all with both.
"""

from collections.abc import Iterator
from html import unescape

import pytest
from django import forms

from core.forms.sent import as_sent
from core.forms.token import TokenForm
from core.models import Draft
from tests.guards.crawl import Visit, visits
from tests.guards.reach import IS_SOAK
from tests.world.asking import asking
from tests.world.cast import Cast
from tests.world.pages import rolled_back, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

ROLES = ("case worker", "coordinator", "project leader", "administrator")
TYPED = "Ord från förut"
LINE = "ord på en rad\n"


def test_every_page_fills_in_the_draft_of_its_form_and_says_how_many_signs_are_too_many(cast: Cast) -> None:
    """Signs are counted as in the browser, where a line ends in one: it is sent as two."""
    drafts: dict[tuple[str, str], bool] = {}
    limits: dict[tuple[str, str], str] = {}
    for visit in visits(cast, *ROLES, only="GET"):
        for form in _taking_words(visit):
            if (visit.name, form.key) not in drafts:
                drafts[visit.name, form.key] = _comes_back(visit, form)
            for name, field in _texts(form):
                if (visit.name, name) not in limits:
                    tried = (0, 1) if IS_SOAK or len(limits) % 3 == 0 else (1,)
                    limits[visit.name, name] = _fault_of_limit(visit, form, name, field, tried)
    assert len(drafts) > 30
    assert [place for place, comes_back in drafts.items() if not comes_back] == []
    assert len(limits) > 40
    assert {place: fault for place, fault in limits.items() if fault} == {}


def _taking_words(visit: Visit) -> list[TokenForm]:
    forms = visit.forms() if visit.is_html and visit.response.status_code == 200 else ()
    return [form for form in forms if isinstance(form, TokenForm) and form.page().words]


def _comes_back(visit: Visit, form: TokenForm) -> bool:
    """Whether the page shows what its user typed in the form, once that is kept as a draft."""
    request, words = visit.response.wsgi_request, form.page().words
    data = {name: list(as_sent(value)) for name, value in shown(form).items()} | {name: [TYPED] for name in words}
    with rolled_back():
        Draft.objects.create(author=request.user, form=form.key, address=request.path, data=data, labels=words)
        answer = visit.response.client.get(request.get_full_path())
        return TYPED in answer.content.decode()


def _texts(form: TokenForm) -> Iterator[tuple[str, forms.CharField]]:
    words = form.page().words
    return ((bound.html_name, bound.field) for bound in form if bound.html_name in words)


def _fault_of_limit(visit: Visit, form: TokenForm, name: str, field: forms.CharField, tried: tuple[int, ...]) -> str:
    """What is wrong with a text's limit, tried with so many signs more than it takes."""
    if field.max_length is None:
        return "no limit"
    request, line = visit.response.wsgi_request, LINE if isinstance(field.widget, forms.Textarea) else "o"
    client, cookies = visit.response.client, visit.response.client.cookies.copy()
    for over in tried:
        text = (line * field.max_length)[: field.max_length + over - 1] + "x"
        data = {other: list(as_sent(value)) for other, value in shown(form).items()}
        with rolled_back():
            data |= {other: [value] for other, value in asking(name, getattr(form, "steps", ())).items()}
            data[name] = [text.replace("\n", "\r\n")]
            answer = client.post(request.get_full_path(), data)
            client.cookies = cookies.copy()
            body = unescape(answer.content.decode().replace("\r\n", "\n")).replace("<br>", "\n")
        if ("Korta den med 1 tecken" in body) != bool(over):
            return f"{answer.status_code}: {over} too many"
        if over and text not in body:
            return "not kept"
    return ""
