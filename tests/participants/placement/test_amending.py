"""Placements and sick-listings put right through their pages: corrected, taken back, moved to the right person."""

import pytest
from django.urls import reverse

from core.days.periods import Period
from oversight.log.grounds import Grounds
from participants.enums import CaseRole, MisplacedWay
from participants.models import Enrolment, Misplacement, PlacementPeriod, SickListing
from participants.placement.actions import PlacementRecord, record_placement
from participants.sick_listing.actions import record_sick_listing
from projects.enums import Role
from tests.casework.case.reads import entries
from tests.world import worlds
from tests.world.case_rows import assign
from tests.world.cases import days_ago
from tests.world.pages import faults, fill, shown

CANARY = "Kanarieköket"


@pytest.fixture
def placed(world, wrong) -> PlacementPeriod:
    record = PlacementRecord(CANARY, world.supervisor, Period(days_ago(9)))
    return record_placement(enrolment=wrong, record=record, by=world.case_worker)


@pytest.fixture
def sick(world, wrong) -> SickListing:
    by = world.case_worker
    record_sick_listing(enrolment=wrong, from_day=days_ago(50), last_day=None, percent=100, by=by)
    return record_sick_listing(enrolment=wrong, from_day=days_ago(20), last_day=None, percent=0, by=by)


def put_right(client, address: str, right: Enrolment | None):
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    sent = shown(client.get(address).context["form"]) | {"way": way, "right": str(right.public_id) if right else ""}
    return client.post(address, sent, follow=True)


def in_force(case: Enrolment) -> list[int]:
    return list(
        SickListing.objects.current().filter(enrolment=case).order_by("concerns_on").values_list("percent", flat=True)
    )


def test_a_change_without_why_changes_nothing(placed, client) -> None:
    answer = client.post(placed.get_absolute_url(), fill(client, placed.get_absolute_url(), place="Lagret"))
    assert "Skriv varför du ändrar." in answer.content.decode()
    assert PlacementPeriod.objects.get().place.text == CANARY


def test_a_changed_placement_says_why_and_keeps_what_stood(wrong, placed, client) -> None:
    client.post(placed.get_absolute_url(), fill(client, placed.get_absolute_url(), place="Lagret", why="Fel hus."))
    (told,) = [entry for entry in entries(client, wrong) if entry.title == "Placering"]
    assert "Lagret" in told.text
    assert "Fel hus." in told.text
    html = client.get(placed.get_absolute_url()).content.decode()
    assert CANARY in html
    assert "Tidigare versioner" in html


def test_a_placement_taken_back_stands_struck_and_is_read_by_its_author_alone(
    world, wrong, placed, client, log_in
) -> None:
    address = reverse("placement_take_back", args=[placed.public_id])
    client.post(address, fill(client, address, reason="Blev aldrig av."))
    (struck,) = [entry for entry in entries(client, wrong) if entry.title == "Placering (återtagen)"]
    assert "Blev aldrig av." in struck.text
    assert CANARY not in log_in(world.supervisor).get(reverse("placement_list")).content.decode()
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(wrong, colleague, CaseRole.SUBSTITUTE)
    assert CANARY in log_in(world.case_worker).get(placed.get_absolute_url()).content.decode()
    answer = log_in(colleague).get(placed.get_absolute_url(), follow=True)
    assert "Placeringen är redan återtagen." in answer.content.decode()
    assert CANARY not in answer.content.decode()
    assert log_in(colleague).get(address).status_code == 403


def test_a_moved_placement_lets_its_supervisor_read_the_right_person(
    world, wrong, right, placed, client, log_in
) -> None:
    supervisor = log_in(world.supervisor)
    supervisor.get(reverse("placement_list"))
    name = str(wrong.participant.identity)
    put_right(client, reverse("placement_misplaced", args=[placed.public_id]), right)
    html = supervisor.get(reverse("placement_list")).content.decode()
    assert "Rätt, Vilgot" in html
    assert name not in html
    for case in (wrong, right):
        shown_here = client.get(case.get_absolute_url()).content.decode()
        assert (CANARY in shown_here) is (case == right)
    assert str(world.supervisor) in Misplacement.objects.get(enrolment=right).readers.text


def test_the_review_of_the_log_knows_why_the_supervisor_read_the_wrong_person(
    world, wrong, right, placed, client
) -> None:
    person = wrong.participant.public_id
    put_right(client, reverse("placement_misplaced", args=[placed.public_id]), right)
    found = Grounds.of([world.supervisor.pk], [person])
    assert [ground.period.first for ground in found.assigned[world.supervisor.pk, person]] == [days_ago(9)]


def test_a_placement_is_not_moved_to_a_case_that_it_lies_outside(wrong, right, placed, client) -> None:
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=days_ago(2))
    answer = put_right(client, reverse("placement_misplaced", args=[placed.public_id]), right)
    assert "utanför den personens inskrivning" in answer.content.decode()
    assert PlacementPeriod.objects.get().enrolment_id == wrong.pk


def test_a_sick_listing_taken_back_gives_back_what_it_had_cut(wrong, sick, client) -> None:
    assert "på heltid" not in client.get(wrong.get_absolute_url()).content.decode()
    address = reverse("sick_listing_take_back", args=[sick.public_id])
    answer = client.post(address, fill(client, address, reason="Blev inte frisk."), follow=True)
    assert in_force(wrong) == [100]
    assert "på heltid" in answer.content.decode()
    (struck,) = [entry for entry in entries(client, wrong) if entry.title == "Sjukskrivning (återtagen)"]
    assert "Blev inte frisk." in struck.text


def test_a_sick_listing_is_corrected_in_every_field(wrong, sick, client) -> None:
    address = sick.get_absolute_url()
    days = {"from_day": days_ago(30).isoformat(), "last_day": days_ago(10).isoformat()}
    client.post(address, fill(client, address, percent="50", why="Fel blankett.", **days))
    assert in_force(wrong) == [100, 50, 100]
    told, _ = [entry for entry in entries(client, wrong) if entry.title == "Sjukskrivning"]
    assert "Fel blankett." in told.text


def test_a_moved_sick_listing_holds_for_the_right_person_alone(wrong, right, sick, client) -> None:
    put_right(client, reverse("sick_listing_misplaced", args=[sick.public_id]), right)
    assert (in_force(wrong), in_force(right)) == ([100], [0])
    assert (
        str(sick.public_id) not in client.get(reverse("sick_listing_create", args=[wrong.public_id])).content.decode()
    )
    titles = {case: [entry.title for entry in entries(client, case)] for case in (wrong, right)}
    assert "En sjukskrivning stod på fel person och är flyttad" in titles[wrong]
    assert "En sjukskrivning är flyttad hit från fel person" in titles[right]


def test_a_moved_sick_listing_asks_before_it_takes_days_of_the_right_persons_own(wrong, right, sick, client) -> None:
    own = record_sick_listing(enrolment=right, from_day=days_ago(5), last_day=None, percent=50, by=sick.recorded_by)
    # Written first: it would lose its days to one that keeps its place in the order of writing.
    moved = record_sick_listing(
        enrolment=wrong, from_day=days_ago(8), last_day=days_ago(1), percent=100, by=sick.recorded_by
    )
    page = reverse("sick_listing_misplaced", args=[moved.public_id])
    data = fill(client, page, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    answer = client.post(page, data)
    assert list(faults(answer)) == ["replaces"]
    assert "50 % från" in answer.content.decode()
    assert in_force(right) == [50]
    client.post(page, data | {"replaces": "yes"})
    assert in_force(right) == [100, 50]
    assert SickListing.objects.current().filter(enrolment=right, first=own).exists()


def test_a_coordinator_finds_the_way_from_the_case_to_take_a_sick_listing_back(world, wrong, sick, log_in) -> None:
    coordinator = log_in(world.coordinator)
    listed = reverse("sick_listing_create", args=[wrong.public_id])
    assert listed in coordinator.get(wrong.get_absolute_url()).content.decode()
    assert sick.get_absolute_url() in coordinator.get(listed).content.decode()
    back = reverse("sick_listing_take_back", args=[sick.public_id])
    assert back in coordinator.get(sick.get_absolute_url()).content.decode()
    coordinator.post(back, fill(coordinator, back, reason="Skrevs två gånger."))
    assert in_force(wrong) == [100]
