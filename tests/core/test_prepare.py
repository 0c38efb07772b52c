"""Static files are collected when they or the way of storing them have changed, and only then; statistics each time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest
from django.db import connection
from django.templatetags.static import static

from accounts.models import Organisation
from core.management.commands import prepare
from core.management.commands.prepare import collect_static, gather_statistics
from samverkan.settings import STORAGES as SERVED
from tests.world.factories import OrganisationFactory

SHEET = "css/layout.css"


@pytest.fixture
def root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    return tmp_path


def test_files_that_were_stored_in_another_way_are_collected_anew(settings, root):
    collect_static(root)
    settings.STORAGES = SERVED
    collect_static(root)
    address = static(SHEET)
    assert address != f"{settings.STATIC_URL}{SHEET}", "no name with a digest"
    assert (root / address.removeprefix(settings.STATIC_URL)).exists()


def test_nothing_is_collected_while_nothing_has_changed(root):
    collect_static(root)
    _sheet(root).write_text("touched")
    collect_static(root)
    assert _sheet(root).read_text() == "touched"
    (root / ".collected").unlink()
    collect_static(root)
    assert _sheet(root).read_text() != "touched"


def test_of_two_that_start_at_once_one_collects_and_the_other_waits(root, monkeypatch):
    begun = []

    def collect(*args: object, **options: object) -> None:
        begun.append("collecting")
        sleep(0.3)
        _sheet(root).parent.mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(prepare, "call_command", collect)
    with ThreadPoolExecutor(2) as starting:
        list(starting.map(collect_static, [root, root]))
    assert begun == ["collecting"]


def _sheet(root: Path) -> Path:
    return root / SHEET


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers its statistics by itself")
def test_sqlite_is_told_how_its_tables_are_filled():
    OrganisationFactory.create_batch(3)
    gather_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'accounts_organisation'")
        rows = [stat.split()[0] for (stat,) in cursor.fetchall()]
    assert rows
    assert set(rows) == {str(Organisation.objects.count())}
