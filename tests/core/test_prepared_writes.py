"""Rows written by statements whose words are kept are the same as Django's own."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessHead, User
from core.models import FormToken, TextBody
from core.prepared import writes
from core.prepared.writes import NotPlainError, insert, update
from tests.world.factories import UserFactory

pytestmark = pytest.mark.django_db


def texts(*said: str) -> list[TextBody]:
    return [TextBody.of(text) for text in said]


def token(user: User) -> FormToken:
    return FormToken(token="0" * 32, user=user, made="1" * 32)


def test_rows_get_their_keys_in_order_and_stand_as_they_were_given() -> None:
    rows = texts("Ett", "Två", "Tre")
    with CaptureQueriesContext(connection) as asked:
        assert insert(rows) is rows
    assert len(asked) == 1
    assert [TextBody.objects.get(pk=row.pk).text for row in rows] == ["Ett", "Två", "Tre"]
    assert [row._state.adding for row in rows] == [False] * 3


def test_a_row_is_the_same_as_when_django_writes_it() -> None:
    by_django, by_words = token(UserFactory()), token(UserFactory())
    by_django.save()
    insert([by_words])
    stored = [model_to_dict(FormToken.objects.get(pk=row.pk), exclude=["id", "user"]) for row in (by_django, by_words)]
    assert stored[0] == stored[1]
    assert abs(by_words.used_at - by_django.used_at).total_seconds() < 60


@pytest.mark.parametrize(("count", "statements"), [(0, 0), (50, 1), (51, 2)])
def test_there_is_a_statement_for_each_fifty(count: int, statements: int, django_assert_num_queries) -> None:
    with django_assert_num_queries(statements):
        insert(texts(*["Samma"] * count))
    assert TextBody.objects.count() == count


def test_a_row_with_a_key_of_its_own_keeps_it() -> None:
    user = UserFactory()
    insert([AccessHead(user=user, number=3, hash="a")])
    assert AccessHead.objects.get(pk=user.pk).number == 3


def test_what_the_database_refuses_undoes_the_transaction() -> None:
    row = token(UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([row, token(row.user)])
    assert not FormToken.objects.exists()


def test_only_the_columns_that_are_named_are_changed() -> None:
    text = TextBody.objects.write("Ett")
    text.text, text.salt = "Två", "annat"
    update(text, "text")
    stored = TextBody.objects.get(pk=text.pk)
    assert (stored.text, stored.salt == "annat") == ("Två", False)


def test_a_row_that_is_gone_cant_be_changed() -> None:
    text = TextBody.objects.write("Ett")
    TextBody.objects.all().delete()
    with pytest.raises(DatabaseError, match="is gone"), transaction.atomic():
        update(text, "text")


@pytest.mark.parametrize("write", [lambda row: insert([row]), lambda row: update(row, "sort_key")])
def test_a_column_that_the_database_fills_in_is_refused(write: Any) -> None:
    with pytest.raises(NotPlainError):
        write(UserFactory())


def test_with_an_untried_release_of_django_it_is_written_by_django(monkeypatch) -> None:
    monkeypatch.setattr(writes, "TRIED", set())
    assert insert(texts("Ett"))[0].pk
