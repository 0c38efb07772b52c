"""Words that were typed on a page stand there again when it is opened anew."""

import pytest

from core.forms.sent import as_sent
from core.forms.token import TokenForm
from core.models import Draft
from tests.guards.crawl import Visit, visits
from tests.world.cast import Cast
from tests.world.pages import rolled_back, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

ROLES = ("case worker", "coordinator", "project leader", "administrator")
TYPED = "Ord från förut"


def test_every_page_fills_in_the_draft_of_its_form(cast: Cast) -> None:
    asked: dict[tuple[str, str], bool] = {}
    for visit in visits(cast, *ROLES, only="GET"):
        for form in _taking_words(visit):
            if (visit.name, form.key) not in asked:
                asked[visit.name, form.key] = _comes_back(cast, visit, form)
    assert len(asked) > 30
    assert [place for place, comes_back in asked.items() if not comes_back] == []


def _taking_words(visit: Visit) -> list[TokenForm]:
    forms = visit.forms() if visit.is_html and visit.response.status_code == 200 else ()
    return [form for form in forms if isinstance(form, TokenForm) and form.page().words]


def _comes_back(cast: Cast, visit: Visit, form: TokenForm) -> bool:
    """Whether the page shows what its user typed in the form, once that is kept as a draft."""
    request, words = visit.response.wsgi_request, form.page().words
    data = {name: list(as_sent(value)) for name, value in shown(form).items()} | {name: [TYPED] for name in words}
    with rolled_back():
        Draft.objects.create(author=request.user, form=form.key, address=request.path, data=data, labels=words)
        answer = cast.client(request.user).get(request.get_full_path())
        return TYPED in answer.content.decode()
