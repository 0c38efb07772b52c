"""The floors do what is said of them: as many rows as the page, and the save's own rows."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from workshop.bench.floor import bare_client, floor_user
from workshop.bench.pages import get
from workshop.bench.saves import PlainSave, Save, cases
from workshop.scale.people import World

UPDATED = re.compile(r'^UPDATE "(\w+)"')


def written(save: Callable[[], object]) -> tuple[Counter[str], set[str]]:
    """How many rows of each model a save adds, and in which tables it changes rows."""
    before = rows()
    with CaptureQueriesContext(connection) as queries:
        save()
    changed = {found[1] for query in queries if (found := UPDATED.match(query["sql"]))}
    return rows() - before, changed - {"django_session"}


def rows() -> Counter[str]:
    return Counter({model._meta.label: model._base_manager.count() for model in apps.get_models()})


def test_the_ordinary_save_writes_the_rows_that_the_program_writes(small_world: World) -> None:
    mine, others = cases(small_world)
    ours, plain = Save(small_world, mine), PlainSave(small_world, others)
    ours.open()
    added, changed = written(ours.run)
    assert added["actionplans.CriterionResult"] > 3
    assert written(plain.run) == (added, changed)


@pytest.mark.parametrize(("cookie", "refusal"), [("csrftoken", "403"), ("sessionid", "nobody is logged in")])
def test_the_ordinary_save_asks_who_sends_it_and_from_where(small_world: World, cookie: str, refusal: str) -> None:
    plain = PlainSave(small_world, cases(small_world)[1])
    del plain.client.cookies[cookie]
    with pytest.raises(RuntimeError, match=refusal):
        plain.run()


def test_the_floor_of_a_page_shows_so_many_rows_and_writes_one(small_world: World) -> None:
    floor_user()
    added, changed = written(lambda: pages.append(get(bare_client(), "/rader/7/").content.decode()))
    assert (added, changed) == (Counter({"accounts.AccessEvent": 1}), set())
    assert pages.pop().count("<tr>") == 7


pages: list[str] = []
