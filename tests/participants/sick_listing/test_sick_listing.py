"""Sick-listings: what is written last holds for its days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from participants.models import SickListing
from participants.sick_listing.actions import record_sick_listing, take_back_sick_listing
from tests.world.cases import days_ago
from tests.world.deeds.stage import two_cases
from tests.world.pages import faults, fill, queries, shown, submit

JAN, FEB, MAR, APR, MAY = (date(2026, month, 1) for month in range(1, 6))
DAY = timedelta(days=1)


def noted(world) -> list[tuple[date, date | None, int]]:
    """Current sick-listings in order of their days."""
    rows = SickListing.objects.filter(enrolment=world.enrolment).current().order_by("concerns_on")
    return list(rows.values_list("concerns_on", "until", "percent"))


def note(world, from_day: date, until: date | None, percent: int = 100) -> SickListing:
    """A sick-listing until the day before `until`."""
    return record_sick_listing(
        enrolment=world.enrolment,
        from_day=from_day,
        last_day=until - DAY if until else None,
        percent=percent,
        by=world.case_worker,
    )


@pytest.mark.parametrize(
    ("earlier", "later", "left"),
    [
        ((JAN, None, 100), (MAR, None, 50), [(JAN, MAR, 100), (MAR, None, 50)]),
        ((JAN, None, 100), (MAR, None, 0), [(JAN, MAR, 100), (MAR, None, 0)]),
        ((FEB, None, 100), (JAN, None, 50), [(JAN, FEB, 50), (FEB, None, 100)]),
        ((FEB, MAR, 100), (JAN, None, 50), [(JAN, FEB, 50), (FEB, MAR, 100), (MAR, None, 50)]),
        ((FEB, MAR, 100), (JAN, APR, 50), [(JAN, APR, 50)]),
        ((JAN, None, 100), (JAN, None, 50), [(JAN, None, 50)]),
        ((JAN, None, 100), (FEB, MAR, 50), [(JAN, FEB, 100), (FEB, MAR, 50), (MAR, None, 100)]),
        ((JAN, APR, 100), (FEB, MAR, 0), [(JAN, FEB, 100), (FEB, MAR, 0), (MAR, APR, 100)]),
        ((JAN, MAR, 100), (FEB, APR, 50), [(JAN, FEB, 100), (FEB, APR, 50)]),
        ((FEB, APR, 100), (JAN, MAR, 50), [(JAN, MAR, 50), (MAR, APR, 100)]),
        ((JAN, FEB, 100), (FEB, MAR, 50), [(JAN, FEB, 100), (FEB, MAR, 50)]),
        ((JAN, FEB, 100), (MAR, None, 100), [(JAN, FEB, 100), (MAR, None, 100)]),
        ((MAR, None, 100), (JAN, FEB, 50), [(JAN, FEB, 50), (MAR, None, 100)]),
    ],
)
def test_the_later_one_holds_for_its_days_and_leaves_the_others(world, earlier, later, left) -> None:
    note(world, *earlier)
    note(world, *later)
    assert noted(world) == left


def test_one_with_a_last_day_over_several_replaces_them_all(world) -> None:
    note(world, JAN, FEB)
    note(world, MAR, APR, 50)
    note(world, JAN + DAY, MAY, 25)
    assert noted(world) == [(JAN, JAN + DAY, 100), (JAN + DAY, MAY, 25)]


def test_until_further_notice_it_does_not_matter_which_was_written_first(world) -> None:
    listings = [(JAN, None, 100), (FEB, None, 50), (MAR, APR, 0), (APR + DAY, None, 25)]
    for listing in listings:
        note(world, *listing)
    found = noted(world)
    for row in SickListing.objects.said():
        take_back_sick_listing(sick_listing=row, reason="Fel.", by=world.case_worker)
    for listing in reversed(listings):
        note(world, *listing)
    assert noted(world) == found
    assert found == [(JAN, FEB, 100), (FEB, MAR, 50), (MAR, APR, 0), (APR, APR + DAY, 50), (APR + DAY, None, 25)]


def test_nothing_is_overwritten_and_what_is_written_again_names_what_it_was(world) -> None:
    first = note(world, JAN, None)
    second = note(world, MAR, None, 50)
    first.refresh_from_db()
    assert (first.until, first.superseded_at) == (None, second.recorded_at)
    assert SickListing.objects.get(corrects=first).until == MAR


def test_another_enrolment_is_left_alone(world) -> None:
    other = record_sick_listing(
        enrolment=world.unassigned, from_day=JAN, last_day=None, percent=100, by=world.coordinator
    )
    note(world, JAN, None, 50)
    assert SickListing.objects.current().filter(pk=other.pk).exists()


class TestThePage:
    def url(self, world) -> str:
        return reverse("sick_listing_create", args=[world.enrolment.public_id])

    def test_saves_with_the_last_day_included(self, world, log_in) -> None:
        answers = {"percent": "100", "from_day": "2026-02-01", "last_day": "2026-02-28"}
        answer = submit(log_in(world.case_worker), self.url(world), **answers)
        assert answer["Location"] == world.enrolment.get_absolute_url()
        assert noted(world) == [(FEB, MAR, 100)]
        event = AccessEvent.objects.get(part="sick_listing_create", kind="change")
        assert list(event.subjects.values_list("person", flat=True)) == [world.enrolment.participant.public_id]

    def test_is_linked_from_the_case_and_seen_there(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        assert self.url(world) in client.get(world.enrolment.get_absolute_url()).content.decode()
        submit(client, self.url(world), percent="100", from_day=today().isoformat())
        assert "på heltid" in client.get(world.enrolment.get_absolute_url()).content.decode()

    def test_a_second_press_writes_one(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        data = fill(client, self.url(world), percent="50", from_day="2026-02-01")
        client.post(self.url(world), data)
        client.post(self.url(world), data)
        assert SickListing.objects.count() == 1

    @pytest.mark.parametrize(
        ("answers", "field"),
        [
            ({"from_day": "2026-02-01"}, "percent"),
            ({"percent": "60", "from_day": "2026-02-01"}, "percent"),
            ({"percent": "50"}, "from_day"),
            ({"percent": "50", "from_day": (today() + DAY).isoformat()}, "from_day"),
            ({"percent": "50", "from_day": "2026-02-02", "last_day": "2026-02-01"}, "last_day"),
            ({"percent": "50", "from_day": "2026-02-02", "last_day": "snart"}, "last_day"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, world, log_in, answers, field) -> None:
        client = log_in(world.case_worker)
        data = fill(client, self.url(world), **answers)
        answer = client.post(self.url(world), data)
        assert list(faults(answer)) == [field]
        assert shown(answer.context["form"]) == data
        assert noted(world) == []

    def test_two_at_once_are_told(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        data = fill(client, self.url(world), percent="50", from_day="2026-02-01")
        note(world, JAN, None)
        answer = client.post(self.url(world), data)
        assert list(faults(answer)) == ["__all__"]
        assert "100 % från 1\xa0januari 2026" in answer.content.decode()
        client.post(self.url(world), shown(answer.context["form"]))
        assert noted(world) == [(JAN, FEB, 100), (FEB, None, 50)]

    def test_one_that_gives_way_says_until_when(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        note(world, MAR, None, 50)
        answer = client.post(self.url(world), fill(client, self.url(world), percent="100", from_day="2026-01-01"))
        said = client.get(answer["Location"]).content.decode().replace("\xa0", " ")
        assert "Sjukskrivningen är sparad: 100 % från 1 januari 2026. Den gäller 1 januari" in said
        assert "Den gäller 1 januari 2026 – 28 februari 2026, eftersom en annan" in said
        assert "Gäller 1 januari 2026 – 28 februari 2026. De andra dagarna" in said
        assert noted(world) == [(JAN, MAR, 100), (MAR, None, 50)]

    def test_one_that_would_replace_days_of_another_asks_first(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        note(world, FEB, MAR)
        answers = {"percent": "50", "from_day": "2026-01-01", "last_day": "2026-02-10"}
        data = fill(client, self.url(world), **answers)
        answer = client.post(self.url(world), data)
        assert list(faults(answer)) == ["replaces"]
        assert "100 % från 1\xa0februari 2026" in answer.content.decode()
        assert noted(world) == [(FEB, MAR, 100)]
        client.post(self.url(world), data | {"replaces": "yes"})
        assert noted(world) == [(JAN, FEB + 10 * DAY, 50), (FEB + 10 * DAY, MAR, 100)]
        html = client.get(world.enrolment.get_absolute_url()).content.decode().replace("\xa0", " ")
        assert "De andra dagarna gäller en annan sjukskrivning" in html

    def test_days_within_one_that_has_a_last_day_are_asked_about(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        note(world, JAN, MAR, 50)
        answers = {"percent": "25", "from_day": "2026-02-01", "last_day": "2026-02-10"}
        data = fill(client, self.url(world), **answers)
        assert list(faults(client.post(self.url(world), data))) == ["replaces"]
        assert noted(world) == [(JAN, MAR, 50)]

    def test_one_until_further_notice_is_followed_without_a_question(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        note(world, JAN, None)
        client.post(self.url(world), fill(client, self.url(world), percent="50", from_day="2026-02-01"))
        assert noted(world) == [(JAN, FEB, 100), (FEB, None, 50)]

    def test_a_correction_asks_only_about_days_that_it_takes(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        first, later = note(world, JAN, FEB), note(world, MAR, APR, 50)
        page = first.get_absolute_url()
        answer = client.post(page, fill(client, page, why="Fel dag", last_day="2026-04-30"))
        # What was written later holds on, and the receipt says so.
        assert noted(world) == [(JAN, MAR, 100), (MAR, APR, 50), (APR, MAY, 100)]
        said = client.get(answer["Location"]).content.decode().replace("\xa0", " ")
        assert "Sjukskrivningen är rättad: 100 % 1 januari 2026 – 30 april 2026." in said
        assert "Den gäller 1 januari 2026 – 28 februari 2026 och 1 april 2026 – 30 april 2026" in said
        answer = client.post(page, fill(client, page, why="Fel dag", from_day="2026-03-01", last_day="2026-03-20"))
        assert "Andra sjukskrivningar gäller de dagarna i stället." in client.get(answer["Location"]).content.decode()
        client.post(page, fill(client, page, why="Fel igen", from_day="2026-01-01", last_day="2026-04-30"))
        page = later.get_absolute_url()
        data = fill(client, page, why="Fel dag", from_day="2026-01-01")
        assert list(faults(client.post(page, data))) == ["replaces"]
        client.post(page, data | {"replaces": "yes"})
        assert noted(world) == [(JAN, APR, 50), (APR, MAY, 100)]

    @pytest.mark.parametrize("rows", [0, 15])
    def test_asks_the_database_equally_often_however_much_there_is(self, world, log_in, rows) -> None:
        for number in range(rows):
            note(world, JAN + number * DAY, None, 25 * (number % 4))
        client = log_in(world.case_worker)
        client.get(self.url(world))
        assert queries(client, self.url(world)) <= 13

    def test_is_for_those_who_work_with_the_case(self, world, log_in) -> None:
        coordinator = log_in(world.coordinator)
        assert "Spara sjukskrivningen" not in coordinator.get(self.url(world)).content.decode()
        assert coordinator.post(self.url(world), {"percent": "50"}).status_code == 403
        for user in (world.af_case_worker, world.outsider, world.project_leader):
            assert log_in(user).get(self.url(world)).status_code == 404
            assert log_in(user).post(self.url(world), {"percent": "50"}).status_code == 404


def test_pieces_that_do_not_differ_are_left_as_they_are(world) -> None:
    case, by = two_cases(world)[0], world.case_worker
    day: date = days_ago(40)
    first = record_sick_listing(enrolment=case, from_day=day, last_day=None, percent=100, by=by)
    wrong = record_sick_listing(enrolment=case, from_day=days_ago(20), last_day=days_ago(10), percent=0, by=by)
    other = record_sick_listing(enrolment=case, from_day=days_ago(60), last_day=days_ago(50), percent=50, by=by)
    take_back_sick_listing(sick_listing=wrong, reason="Blev inte av.", by=by)
    left = SickListing.objects.current().order_by("concerns_on")
    assert [(row.percent, row.concerns_on, row.until) for row in left] == [
        (50, other.concerns_on, other.until),
        (100, day, None),
    ]
    assert left[0].pk == other.pk
    assert left[1].root_id == first.pk


def test_nobody_is_sick_listed_before_birth(world, log_in) -> None:
    client, early = log_in(world.case_worker), world.enrolment.participant.birth_date - DAY
    address = reverse("sick_listing_create", args=[world.enrolment.public_id])
    assert list(faults(submit(client, address, percent="100", from_day=early.isoformat()))) == ["from_day"]
    fact = note(world, MAR, APR)
    edit = reverse("sick_listing_edit", args=[fact.public_id])
    assert list(faults(submit(client, edit, from_day=early.isoformat(), why="Fel dag"))) == ["from_day"]
    assert noted(world) == [(MAR, APR, 100)]
