"""What is late or next, by hand."""

from datetime import date

import pytest

from participants.enrolment.deadlines import Deadline, open_deadlines
from participants.models import Enrolment
from projects.models import Project
from tests.world.cases import with_days

PROJECT = Project(assessment_days=14, plan_days=14)
PLACED = {"first_placed_on": date(2026, 11, 1)}
DONE = {
    **PLACED, "assessed_on": date(2026, 11, 1), "planned_on": date(2026, 11, 1), "followed_up_on": date(2026, 11, 2)
}  # fmt: skip
SENT = {"source": "social_services", "applied_on": date(2026, 10, 29)}


def texts(on: date, **fields) -> list[str]:
    return [deadline.text(on).replace("\xa0", " ") for deadline in waiting(on, **fields)]


def whole(on: date, **fields) -> list[str]:
    return [deadline.whole_text(on).replace("\xa0", " ") for deadline in waiting(on, **fields)]


def waiting(on: date, **fields) -> list[Deadline]:
    return open_deadlines(Enrolment(**{"enrolled_on": date(2026, 11, 1), **fields}), PROJECT, on=on)


@pytest.mark.parametrize(
    ("on", "fields", "expected"),
    [
        (date(2026, 11, 15), PLACED, ["Kartläggning senast 15 november", "Handlingsplan senast 15 november"]),
        (date(2026, 11, 16), PLACED, ["Kartläggning 1 dag för sent", "Handlingsplan 1 dag för sent"]),
        (date(2026, 11, 19), DONE | {"assessed_on": None}, ["Kartläggning 4 dagar för sent"]),
        (date(2026, 11, 19), DONE | {"next_contact_on": date(2026, 12, 12)}, ["Uppföljning senast 12 december"]),
        (date(2026, 12, 19), DONE | {"next_contact_on": date(2027, 1, 2)}, ["Uppföljning senast 2 januari 2027"]),
        (date(2026, 12, 19), DONE | {"next_contact_on": date(2026, 12, 18)}, ["Uppföljning 1 dag för sent"]),
        (date(2026, 12, 19), DONE, []),
        (date(2026, 12, 19), {"exited_on": date(2026, 12, 1)}, []),
    ],
)
def test_in_words(on: date, fields: dict, expected: list[str]) -> None:
    assert texts(on, **fields) == expected


ON = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["Första placeringen 6 dagar för sent: 5 arbetsdagar från inskrivningen, senast 6 november"]),
        ({"first_placed_on": date(2026, 11, 12)}, []),
        ({"first_placed_on": date(2026, 11, 16), "enrolled_on": date(2026, 11, 9)}, []),
        (
            {"first_placed_on": date(2026, 11, 13)},
            [
                "Första placeringen 6 dagar för sent: 5 arbetsdagar från inskrivningen, senast 6 november, "
                "börjar 13 november"
            ],
        ),
        (SENT | PLACED, ["Första personliga mötet: 14 dagar från ansökan, senast 12 november"]),
        (SENT | PLACED | {"first_met_on": ON}, []),
        (SENT | PLACED | {"source": "own_application"}, []),
        (
            {"source": "employment_service", "referred_on": date(2026, 10, 28), **PLACED},
            ["Första personliga mötet 1 dag för sent: 14 dagar från anvisningen, senast 11 november"],
        ),
        (PLACED | {"followed_up_on": None}, ["Första uppföljningen: 14 dagar från planen, senast 15 november"]),
        (
            PLACED | {"followed_up_on": None, "next_contact_on": date(2026, 11, 15)},
            ["Första uppföljningen: 14 dagar från planen, senast 15 november"],
        ),
        (
            PLACED | {"followed_up_on": None, "next_contact_on": date(2026, 11, 14)},
            [
                "Uppföljning senast 14 november",
                "Första uppföljningen: 14 dagar från planen, senast 15 november",
            ],
        ),
        (
            PLACED | {"assessed_on": None},
            ["Kartläggning: 14 dagar från inskrivningen, senast 15 november"],
        ),
        (
            SENT | PLACED | {"assessed_on": None, "first_met_on": ON},
            ["Kartläggning: 14 dagar från ansökan, senast 12 november"],
        ),
        (
            SENT | PLACED | {"assessed_on": None, "first_met_on": ON, "applied_on": date(2026, 11, 4)},
            ["Kartläggning: 14 dagar från inskrivningen, senast 15 november"],
        ),
    ],
)
def test_where_it_runs_from(fields: dict, expected: list[str]) -> None:
    done = {name: value for name, value in DONE.items() if name != "first_placed_on"}
    assert whole(ON, **{**done, **fields}) == expected


@pytest.mark.parametrize(
    ("enrolled_on", "last"),
    [
        (date(2026, 12, 21), date(2026, 12, 30)),  # two eves and two days of Christmas, and a weekend
        (date(2026, 12, 30), date(2027, 1, 11)),  # New Year's Eve and Day, a weekend, and Epiphany
        (date(2027, 3, 23), date(2027, 4, 1)),  # Good Friday and Easter Monday
        (date(2028, 2, 25), date(2028, 3, 3)),  # over the leap day
        (date(2026, 10, 23), date(2026, 10, 30)),  # the clocks go back
    ],
)
def test_a_placement_has_workdays(enrolled_on: date, last: date) -> None:
    fields = {name: value for name, value in DONE.items() if name != "first_placed_on"}
    (deadline,) = waiting(last, enrolled_on=enrolled_on, **fields)
    assert (deadline.due_on, deadline.is_late(last)) == (last, False)


def test_the_nearest_comes_first() -> None:
    found = texts(date(2026, 11, 19), next_contact_on=date(2026, 11, 10), **PLACED)
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
