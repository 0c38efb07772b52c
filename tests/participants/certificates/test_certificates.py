"""Certificates of placements through their pages: written, printed, corrected, taken back, moved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from accounts.models import AccessEvent
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.pdf import process as pdf
from core.swedish.words import day
from participants.certificates.actions import CERTIFICATES, CertificateRecord
from participants.enums import ProtectionLevel
from participants.models import Enrolment, PlacementCertificate
from participants.placement.actions import PlacementRecord, record_placement
from participants.protection.actions import protect_participant
from tests.casework.case.reads import entries
from tests.guards.crawl import _pdf_text
from tests.world import consents
from tests.world.cases import days_ago, started
from tests.world.forms import text_of
from tests.world.pages import faults, submit

DAY = timedelta(days=1)
SAID = {"place": "Byggeriet", "tasks": "Måla\nSopa", "first_day": str(days_ago(30)), "on": str(today())}


@pytest.fixture
def case(world) -> Enrolment:
    started(world.enrolment, 60)
    return world.enrolment


def url(case: Enrolment) -> str:
    return reverse("certificate_create", args=[case.public_id])


def certified(world, **more) -> PlacementCertificate:
    said = {
        "place": "Byggeriet",
        "first": days_ago(30),
        "last": days_ago(2),
        "extent": "20 timmar i veckan",
        "tasks": "Måla\nSopa",
        "verdict": "Kom i tid.",
        "signer": "Eva Ek, platschef",
        "on": today(),
    }
    record = CertificateRecord(**said | more)
    return CERTIFICATES.record(enrolment=world.enrolment, record=record, by=world.case_worker)


def fetch(client, certificate):
    return client.post(reverse("certificate_pdf", args=[certificate.public_id]))


@pytest.fixture
def as_page(monkeypatch):
    """Documents as the HTML that they are made of."""
    monkeypatch.setattr(pdf, "render", lambda html: html.encode())


# --- Written ----------------------------------------------------------------------------------------------------------


def test_it_begins_with_the_placement_and_stands_on_the_timeline(world, client, case) -> None:
    for place, first, last in (("Köket", 50, days_ago(31)), ("Byggeriet", 30, None)):
        record = PlacementRecord(place, None, Period(days_ago(first), last), guide="Eva Ek")
        record_placement(enrolment=case, record=record, by=world.case_worker)
    form = client.get(url(case)).context["form"]
    begun = {name: form[name].value() for name in ("place", "first_day", "last_day", "signer", "on")}
    assert begun == {
        "place": "Byggeriet",
        "first_day": days_ago(30),
        "last_day": None,
        "signer": "Eva Ek",
        "on": today(),
    }
    page = client.get(reverse("placement_create", args=[case.public_id]))
    assert {client.get(link).context["form"]["place"].value() for link in _links(page)} == {"Köket", "Byggeriet"}
    answer = submit(client, url(case), **SAID)
    assert answer["Location"] == url(case)
    assert "Hämta som PDF" in text_of(client.get(url(case)))
    said = f"Byggeriet, från {day(days_ago(30))}."
    assert said.replace("\xa0", "\\xa0") in str(entries(client, case))
    assert AccessEvent.objects.filter(part="certificate_create", user=world.case_worker).exists()


def _links(page) -> list[str]:
    return [str(link) for link in html.fromstring(page.content).xpath("//a/@href") if "praktikintyg" in link]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"place": ""}, "place"),
        ({"tasks": " "}, "tasks"),
        ({"first_day": ""}, "first_day"),
        ({"first_day": str(today() + DAY)}, "first_day"),
        ({"last_day": str(days_ago(31))}, "last_day"),
        ({"last_day": str(today() + DAY)}, "last_day"),
        ({"on": str(today() + DAY)}, "on"),
        ({"last_day": str(days_ago(2)), "on": str(days_ago(3))}, "on"),
        ({"tasks": "x" * 1501}, "tasks"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(client, case, wrong, field) -> None:
    assert set(faults(submit(client, url(case), **SAID | wrong))) == {field}
    assert not PlacementCertificate.objects.exists()


# --- On paper ---------------------------------------------------------------------------------------------------------


def test_the_paper_says_what_an_employer_wants_to_know_and_nothing_of_the_case(world, client, case) -> None:
    certificate = certified(world)
    paper = fetch(client, certificate)
    assert paper["Content-Disposition"] == f'attachment; filename="Praktikintyg {today()}.pdf"'
    said = " ".join(_pdf_text(paper.content).split())
    person = case.participant
    for words in (
        f"{person.identity.given_name} {person.identity.family_name}",
        f"född {day(person.birth_date)}",
        "har haft praktik hos Byggeriet",
        "20 timmar i veckan",
        "Måla",
        "Kom i tid.",
        "Eva Ek, platschef",
        "Underskrift",
        f"Intyget är skrivet {day(today())}",
    ):
        assert words.replace("\xa0", " ") in said
    for hidden in (case.project.name, case.owner.name, world.case_worker.name, "projekt", "samverkan", "Samverkan"):
        assert hidden not in said
    number = person.numbers.first().value if person.numbers.exists() else "nummer"
    assert number not in said
    event = AccessEvent.objects.filter(part="certificate_pdf").latest("number")
    assert (event.kind, event.reason) == ("export", "Till deltagaren")


@pytest.mark.usefixtures("as_page")
def test_one_of_a_placement_that_goes_on_says_so_and_leaves_a_line_for_who_signs(world, client, case) -> None:
    page = fetch(client, certified(world, last=None, signer="")).content.decode()
    assert "har praktik hos" in page
    assert "Namn och titel" in page


@pytest.mark.usefixtures("as_page")
def test_of_somebody_protected_the_name_is_written_by_hand(world, client, case) -> None:
    certificate = certified(world, verdict=f"{case.participant.identity.given_name} kom i tid.")
    name = case.participant.identity.family_name
    protect_participant(
        level=ProtectionLevel.CONFIDENTIALITY_MARK, case=case, responsible=world.case_worker, by=world.case_worker
    )
    page = fetch(client, certificate).content.decode()
    case.participant.refresh_from_db()
    assert '<p class="fridge-line">Namn</p>' in page
    assert name not in page
    assert "född" not in page
    assert "intyget har inget namn" in text_of(client.get(url(case)))


# --- Corrected and taken back -----------------------------------------------------------------------------------------


def test_a_correction_is_what_is_printed(world, client, case, monkeypatch) -> None:
    certificate = certified(world)
    answer = submit(client, certificate.get_absolute_url(), tasks="Mura", why="Fel uppgifter.")
    assert answer.status_code == 302
    monkeypatch.setattr(pdf, "render", lambda html: html.encode())
    page = fetch(client, certificate).content.decode()
    assert "Mura" in page
    assert "Måla" not in page


def test_one_that_was_taken_back_is_printed_by_nobody(world, client, case) -> None:
    certificate = certified(world)
    CERTIFICATES.take_back(fact=certificate, reason="Fel person på platsen.", by=world.case_worker)
    answer = fetch(client, certificate)
    assert answer.status_code == 302
    assert "går inte att hämta" in text_of(client.get(answer["Location"]))
    assert "Praktikintyg (återtaget)" in str(entries(client, case))


# --- Who reads it -----------------------------------------------------------------------------------------------------


def test_who_reads_plans_by_consent_reads_that_there_is_one_and_prints_none(world, client, case, log_in) -> None:
    told = consents.gather(world)
    certificate = certified(world)
    guest = log_in(told.guest)
    told.give(Category.IDENTITY, Category.MEETINGS)
    assert "Praktikintyg" not in str(entries(guest, case))
    told.give(Category.PLAN)
    assert "Byggeriet" in str(entries(guest, case))
    assert "Kom i tid" not in str(entries(guest, case))
    assert fetch(guest, certificate).status_code == 403
