"""What is late or next, by hand."""

from datetime import date

import pytest

from participants.enrolment.deadlines import open_deadlines
from participants.models import Enrolment
from projects.models import Project
from tests.world.cases import with_days

PROJECT = Project(assessment_days=14, plan_days=14)
DONE = {"assessed_on": date(2026, 11, 1), "planned_on": date(2026, 11, 1)}


def texts(on: date, **fields) -> list[str]:
    enrolment = Enrolment(**{"enrolled_on": date(2026, 11, 1), **fields})
    return [deadline.text(on).replace("\xa0", " ") for deadline in open_deadlines(enrolment, PROJECT, on=on)]


@pytest.mark.parametrize(
    ("on", "fields", "expected"),
    [
        (date(2026, 11, 15), {}, ["Kartläggning senast 15 november", "Handlingsplan senast 15 november"]),
        (date(2026, 11, 16), {}, ["Kartläggning 1 dag för sent", "Handlingsplan 1 dag för sent"]),
        (date(2026, 11, 19), {"planned_on": date(2026, 11, 2)}, ["Kartläggning 4 dagar för sent"]),
        (date(2026, 11, 19), DONE | {"next_contact_on": date(2026, 12, 12)}, ["Uppföljning senast 12 december"]),
        (date(2026, 12, 19), DONE | {"next_contact_on": date(2027, 1, 2)}, ["Uppföljning senast 2 januari 2027"]),
        (date(2026, 12, 19), DONE | {"next_contact_on": date(2026, 12, 18)}, ["Uppföljning 1 dag för sent"]),
        (date(2026, 12, 19), DONE, []),
        (date(2026, 12, 19), {"exited_on": date(2026, 12, 1)}, []),
    ],
)
def test_in_words(on: date, fields: dict, expected: list[str]) -> None:
    assert texts(on, **fields) == expected


def test_the_nearest_comes_first() -> None:
    found = texts(date(2026, 11, 19), next_contact_on=date(2026, 11, 10))
    assert found[0] == "Uppföljning 9 dagar för sent"


@pytest.mark.django_db
@pytest.mark.parametrize("day", range(10, 22))
def test_the_words_and_the_filter_agree_on_what_is_late(world, day: int) -> None:
    on = date(2026, 11, day)
    rows = [
        {"assessed_on": None, "planned_on": on, "next_contact_on": None},
        {"assessed_on": on, "planned_on": None, "next_contact_on": date(2026, 11, 12)},
    ]
    for enrolment, row in zip((world.enrolment, world.unassigned), rows, strict=True):
        fresh = with_days(enrolment, enrolled_on=date(2026, 11, 1), **row)
        said = any(deadline.is_late(on) for deadline in open_deadlines(fresh, world.project, on=on))
        assert Enrolment.objects.late(world.project, on=on).filter(pk=fresh.pk).exists() == said
