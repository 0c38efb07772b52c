"""Somebody who isn't registered: in the volumes, and nowhere else."""

from django.utils import timezone

from accounts.models import AccessEvent
from core.days.dates import today
from participants.models import CountedOnly, Participant
from tests.world.pages import faults, fill, submit

URL = "/deltagare/raknas/"
BACK = f"{URL}ta-tillbaka/"
ONE = {"sex": "male", "year": "2025"}


def test_sex_and_year_are_all_that_is_kept(world, log_in) -> None:
    client, before = log_in(world.case_worker), Participant.objects.count()
    assert submit(client, URL, sex="male", year="2025", given_name="Nils").status_code == 302
    row = CountedOnly.objects.get()
    assert (row.project, row.owner, row.sex, row.year) == (world.project, world.ame, "male", 2025)
    assert row.recorded_by == world.case_worker
    assert Participant.objects.count() == before
    event = AccessEvent.objects.filter(user=world.case_worker, part="counted_only_create", kind="change").get()
    assert event.subjects_count == 0
    assert "1\xa0person" in client.get(URL).content.decode()


def test_a_second_press_counts_nobody_more(world, log_in) -> None:
    client = log_in(world.coordinator)
    data = fill(client, URL, sex="female")
    for _ in range(2):
        assert client.post(URL, data)["Location"] == URL
    assert CountedOnly.objects.get().year == today().year


def test_what_cant_be_counted_is_said(world, log_in) -> None:
    client = log_in(world.coordinator)
    for year in ("", "1800", str(today().year + 1), "i år"):
        assert set(faults(submit(client, URL, year=year))) == {"sex", "year"}
    assert not CountedOnly.objects.exists()


def test_it_stands_beside_the_results(world, log_in) -> None:
    submit(log_in(world.coordinator), URL, sex="female", year="2026")
    page = log_in(world.coordinator).get("/resultat/", {"per": today().isoformat()}).content.decode()
    assert "Därutöver är 1\xa0person räknad utan att registreras" in page


def test_taken_back_with_why_it_counts_no_longer_and_figures_of_the_past_know_it(world, log_in) -> None:
    client = log_in(world.case_worker)
    submit(client, URL, **ONE)
    then = timezone.now()
    assert submit(client, BACK, **ONE, why="twice")["Location"] == URL
    row = CountedOnly.objects.get()
    assert (row.why, row.taken_back_by) == ("twice", world.case_worker)
    assert "inte räknat någon" in client.get(URL).content.decode()
    assert "Därutöver" not in client.get("/resultat/", {"per": today().isoformat()}).content.decode()
    assert list(CountedOnly.objects.counting(then)) == [row]
    assert list(CountedOnly.objects.counting(timezone.now())) == []
    assert AccessEvent.objects.filter(part="counted_only_take_back", kind="change").count() == 1


def test_a_case_worker_takes_back_own_counts_and_the_coordinator_all(world, log_in) -> None:
    submit(log_in(world.coordinator), URL, **ONE)
    client = log_in(world.case_worker)
    assert "Samordnaren kan ta tillbaka" in str(faults(submit(client, BACK, **ONE, why="twice")))
    assert set(faults(submit(client, BACK, **ONE))) == {"why"}
    submit(client, URL, **ONE)
    assert submit(log_in(world.coordinator), BACK, **ONE, why="wrong").status_code == 302
    assert submit(log_in(world.coordinator), BACK, **ONE, why="twice").status_code == 302
    assert not CountedOnly.objects.counting().exists()
