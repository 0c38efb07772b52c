"""Somebody who isn't registered: in the volumes, and nowhere else."""

from accounts.models import AccessEvent
from core.days.dates import today
from participants.models import CountedOnly, Participant
from tests.world.pages import faults, fill, submit

URL = "/deltagare/raknas/"


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
    assert "Därutöver är 1\xa0person räknade utan att registreras" in page
