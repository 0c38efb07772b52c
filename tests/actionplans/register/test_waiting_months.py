"""The start page says which month's register hasn't been imported, to those who may import."""

from datetime import UTC, date, datetime

import pytest

from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.waiting import waiting_in_words, waiting_months
from tests.world.factories.plans import ImportBatchFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 28)


def imported(world, *moments, **more):
    for moment in moments:
        batch = ImportBatchFactory(project=world.project, created_by=world.coordinator, state=ImportState.DONE, **more)
        ImportBatch.objects.filter(pk=batch.pk).update(created_at=datetime(*moment, tzinfo=UTC))


def said(world, on=ON):
    return waiting_in_words(waiting_months(world.project, world.ame, on), on)


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ((2026, 11, 2), ""),
        ((2026, 10, 31, 22, 59), "Registret för oktober är inte inläst."),
        ((2026, 10, 31, 23, 1), ""),
        ((2026, 9, 4), "Registret för september och oktober är inte inläst."),
        ((2026, 5, 4), "Registret för maj\N{EN DASH}oktober är inte inläst."),
        ((2025, 12, 4), "Registret för december 2025\N{EN DASH}oktober är inte inläst."),
    ],
)
def test_the_months_that_have_ended_since_the_latest_import_wait(world, latest, expected):
    imported(world, (2024, 1, 1), latest)
    assert said(world) == expected


def test_without_a_first_import_nothing_waits(world):
    ImportBatchFactory(project=world.project, created_by=world.coordinator)
    assert said(world) == ""


def test_no_month_after_the_projects_last_waits(world):
    imported(world, (2026, 8, 4))
    world.project.ends_on = date(2026, 8, 31)
    assert said(world) == "Registret för augusti är inte inläst."


def test_the_start_page_says_it_to_those_who_may_import(world, log_in):
    imported(world, (2020, 1, 1))
    pages = {user: log_in(user).get("/").content.decode() for user in (world.coordinator, world.case_worker)}
    assert "är inte inläst." in pages[world.coordinator]
    assert "är inte inläst." not in pages[world.case_worker]
