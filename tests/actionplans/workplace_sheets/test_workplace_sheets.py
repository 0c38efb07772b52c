"""Sheets for workplaces: what the participant has agreed to stands on them, and nothing else."""

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.models import WorkplaceSheet
from actionplans.weeks.entries import Entry, Week
from actionplans.workplace_sheets.actions import SHEETS, SheetRecord
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.pdf import process as pdf
from core.swedish.words import day
from participants.enums import ProtectionLevel
from participants.models import Enrolment, PersonIdentity
from participants.placement.actions import PlacementRecord, record_placement
from participants.protection.actions import protect_participant
from tests.casework.case.reads import entries
from tests.guards.crawl import _pdf_text
from tests.world import consents
from tests.world.cases import days_ago, plan, started
from tests.world.forms import text_of
from tests.world.pages import faults, submit

NINE, TWELVE, THREE = 9 * 60, 12 * 60, 15 * 60
WEEK = Week(
    (
        Entry(0, NINE, TWELVE, "Sortera", "Återbruket, lagret"),
        Entry(2, NINE, THREE, "Sortera", "Återbruket, lagret"),
        Entry(3, NINE, TWELVE, "Samtal", "Psykologmottagningen"),
    )
)
SAID = {"place": "Återbruket", "on": str(today()), "agreed": "on"}


@pytest.fixture
def case(world) -> Enrolment:
    started(world.enrolment, 60)
    plan(world.enrolment, world.case_worker, valid_on=days_ago(20), week=WEEK)
    record = PlacementRecord("Återbruket", None, Period(days_ago(10)), guide="Eva Ek")
    record_placement(enrolment=world.enrolment, record=record, by=world.case_worker)
    PersonIdentity.objects.filter(participant=world.enrolment.participant).update(phone="070-174 06 01")
    return world.enrolment


def url(case: Enrolment) -> str:
    return reverse("workplace_sheet_create", args=[case.public_id])


def agreed(world, **more) -> WorkplaceSheet:
    said = {
        "place": "Återbruket",
        "times": "Måndag 9.00–12.00",
        "words": "Säg hej först.",
        "tells_phone": True,
        "tells_contact": True,
        "on": days_ago(1),
    }
    return SHEETS.record(enrolment=world.enrolment, record=SheetRecord(**said | more), by=world.case_worker)


def fetch(client, sheet):
    return client.post(reverse("workplace_sheet_pdf", args=[sheet.public_id]))


@pytest.fixture
def as_page(monkeypatch):
    """Documents as the HTML that they are made of."""
    monkeypatch.setattr(pdf, "render", lambda html: html.encode())


def test_it_begins_with_the_times_at_the_place_and_none_from_elsewhere(world, client, case) -> None:
    form = client.get(url(case)).context["form"]
    assert form["place"].value() == "Återbruket"
    assert form["times"].value().splitlines() == ["Måndag 9.00–12.00", "Onsdag 9.00–15.00"]
    assert not form["agreed"].value()


def test_times_whose_place_the_week_does_not_say_are_there_to_be_taken_out(world, client, case) -> None:
    week = Week((Entry(0, NINE, TWELVE, "Praktik"), *WEEK.entries[2:]))
    plan(case, world.case_worker, based_on=1, week=week)
    assert client.get(url(case)).context["form"]["times"].value() == "Måndag 9.00–12.00"


def test_without_a_yes_there_is_no_sheet(client, case) -> None:
    assert faults(submit(client, url(case), **SAID | {"agreed": ""})) == {
        "agreed": ["Läs igenom bladet med deltagaren. Utan ett ja blir det inget blad."]
    }
    assert not WorkplaceSheet.objects.exists()


def test_a_yes_that_is_corrected_is_asked_for_anew(world, client, case) -> None:
    sheet = agreed(world)
    refused = submit(client, sheet.get_absolute_url(), words="Ring inte.", why="Ändrat sig.")
    assert set(faults(refused)) == {"agreed"}
    assert (
        submit(client, sheet.get_absolute_url(), words="Ring inte.", why="Ändrat sig.", agreed="on").status_code == 302
    )
    assert WorkplaceSheet.objects.current().get().words.text == "Ring inte."


def test_the_paper_says_what_was_agreed_to(world, client, case) -> None:
    submit(client, url(case), **SAID, words="Säg hej först.", tells_phone="on", tells_contact="on")
    sheet = WorkplaceSheet.objects.get()
    paper = fetch(client, sheet)
    assert paper["Content-Disposition"] == f'attachment; filename="Till arbetsplatsen {today()}.pdf"'
    said = " ".join(_pdf_text(paper.content).split())
    person = case.participant.identity
    for words in (
        "Till Återbruket",
        f"{person.given_name} {person.family_name}",
        "070-174 06 01",
        "Måndag 9.00–12.00",
        "Säg hej först.",
        f"Ring {world.case_worker.name}",
        day(today()).replace("\xa0", " "),
    ):
        assert words in said
    for hidden in ("Psykolog", "Sortera", case.project.name, case.owner.name, "born", "född"):
        assert hidden not in said
    event = AccessEvent.objects.filter(part="workplace_sheet_pdf").latest("number")
    assert (event.kind, event.reason) == ("export", "Till arbetsplatsen, som deltagaren har sagt ja till")


@pytest.mark.usefixtures("as_page")
def test_what_is_not_told_stands_nowhere_on_it(world, client, case) -> None:
    page = fetch(client, agreed(world, times="", words="", tells_phone=False, tells_contact=False)).content.decode()
    for hidden in ("070-174", "Ring", "Tider", "Bra att veta", world.case_worker.name, "Måndag"):
        assert hidden not in page


@pytest.mark.usefixtures("as_page")
def test_the_times_do_not_follow_the_plan(world, client, case) -> None:
    sheet = agreed(world)
    plan(case, world.case_worker, based_on=1, week=Week((Entry(4, NINE, TWELVE, "", "Återbruket"),)))
    page = fetch(client, sheet).content.decode()
    assert "Måndag 9.00–12.00" in page
    assert "Fredag" not in page


@pytest.mark.usefixtures("as_page")
def test_of_somebody_protected_the_name_is_written_by_hand(world, client, case) -> None:
    sheet = agreed(world)
    name = case.participant.identity.family_name
    protect_participant(
        level=ProtectionLevel.CONFIDENTIALITY_MARK, case=case, responsible=world.case_worker, by=world.case_worker
    )
    page = fetch(client, sheet).content.decode()
    assert '<p class="fridge-line">Namn</p>' in page
    for hidden in (name, "070-174"):
        assert hidden not in page
    assert "pappret har inget namn" in text_of(client.get(url(case)))


def test_one_that_was_taken_back_is_printed_by_nobody(world, client, case) -> None:
    sheet = agreed(world)
    SHEETS.take_back(fact=sheet, reason="Vill inte längre.", by=world.case_worker)
    answer = fetch(client, sheet)
    assert answer.status_code == 302
    assert "Bladet är återtaget" in text_of(client.get(answer["Location"]))
    assert "Blad till arbetsplatsen (återtaget)" in str(entries(client, case))


def test_others_read_that_there_is_one_and_not_what_it_says(world, client, case, log_in) -> None:
    told = consents.gather(world)
    sheet = agreed(world)
    guest = log_in(told.guest)
    told.give(Category.IDENTITY, Category.PLAN)
    said = str(entries(guest, case))
    assert "Blad till arbetsplatsen" in said
    assert "Säg hej" not in said
    assert fetch(guest, sheet).status_code == 403
    assert fetch(log_in(world.coordinator), sheet).status_code == 403
