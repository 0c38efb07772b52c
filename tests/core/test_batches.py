"""Many rows at a time."""

import re
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation
from core.batches import IN_A_QUESTION, bulk, in_chunks


def test_chunks_keep_the_order_and_lose_nothing():
    assert list(in_chunks([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(in_chunks([], 2)) == []


def test_chunks_take_what_can_be_read_only_once():
    assert [len(chunk) for chunk in in_chunks(iter(range(IN_A_QUESTION + 1)))] == [IN_A_QUESTION, 1]


@pytest.mark.django_db
def test_rows_get_their_ids_in_order():
    rows = bulk(Organisation, (Organisation(name=name) for name in ("Ek", "Al")))
    assert [Organisation.objects.get(pk=row.pk).name for row in rows] == ["Ek", "Al"]


@pytest.mark.django_db
def test_one_refused_row_writes_none():
    held = Organisation.objects.create(name="Björk")
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk(Organisation, [Organisation(name="Ek"), Organisation(name="Al", public_id=held.public_id)])
    assert list(Organisation.objects.filter(name__in=("Ek", "Al"))) == []


def test_no_code_cuts_chunks_by_hand():
    root = Path(__file__).resolve().parents[2]
    apps = [path.parent for path in root.glob("*/__init__.py") if path.parent.name != "tests"]
    sources = [path for app in apps for path in app.rglob("*.py") if "migrations" not in path.parts]
    assert len(sources) > 100
    by_hand = re.compile(r"range\(0, len\(\w+\), [\w.]+\)|batch_size=\d")
    assert [str(path) for path in sources if by_hand.search(path.read_text())] == []
