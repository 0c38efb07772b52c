"""Three handläggare of three authorities round one participant, each in a browser of their own: what consent opens, to
whom, and what becomes of an open page when it is taken back."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from accounts.models import Organisation, User
from actionplans.enums import ReaderLevel
from actionplans.models import MeetingParagraph
from core.enums import Category
from participants.models import ConsentGrant, Enrolment
from projects.enums import Role
from tests.e2e.conftest import send
from tests.e2e.test_main_job import words
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    OrganisationFactory,
    PersonalNumberFactory,
)
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.e2e

NUMBER = "19620518-9829"
NAME, PLACE, SAID = "Sandviken, Ellinor", "Kafferosteriet", "Hon sover bättre sedan i höstas."
# Lists have the family name first; a page calls the person as people do.
SPOKEN = {NAME: "Ellinor Sandviken"}
AF_SAID, FK_SAID = "Butiken tar emot henne på måndag.", "Sjukpenningen räcker till mars."


@dataclass(slots=True)
class Round:
    """One case of the municipality; a handläggare there with a colleague, and one at each of two other authorities."""

    case: Enrolment
    owner: User
    colleague: User
    af: User
    fk: User
    fk_colleague: User

    @property
    def path(self) -> str:
        return self.case.get_absolute_url()


@pytest.fixture
def people(transactional_db) -> Round:
    municipality = OrganisationFactory(name="Vuxenenheten")
    af, fk = OrganisationFactory(name="Arbetsförmedlingen"), OrganisationFactory(name="Försäkringskassan")
    project = model_project(host=municipality)
    for party in (af, fk):
        ProjectOrganisationFactory(project=project, organisation=party)

    def worker(organisation: Organisation, name: str) -> User:
        return member(project, organisation, Role.CASE_WORKER, name)

    owner = worker(municipality, "Hanna Handläggare")
    case = started(EnrolmentFactory(project=project, given_name="Ellinor", family_name="Sandviken"), 90)
    PersonalNumberFactory(participant=case.participant)
    CaseAssignmentFactory(enrolment=case, user=owner)
    plan(case, owner, main_activity=f"{PLACE}, 20 timmar")
    met(case, owner, days_ago(10), text=SAID, reader_level=ReaderLevel.CONSENTED)
    return Round(
        case,
        owner,
        worker(municipality, "Kim Kollega"),
        worker(af, "Alva Arbetsförmedlare"),
        worker(fk, "Frida Försäkring"),
        worker(fk, "Fatma Försäkring"),
    )


# With PACE=person each press and key takes as long as people need by the keystroke-level model (Card, Moran and Newell
# 1980: think 1.35 s, point 1.1 s, press 0.2 s, a key 0.28 s), and what is read aloud is read at 150 words a minute.
PACED = os.environ.get("PACE") == "person"
PRESS, KEY, WORD = 1.35 + 1.1 + 0.2, 0.28, 60 / 150


def take(seconds: float) -> None:
    """As long as a person would, when asked to."""
    time.sleep(seconds if PACED else 0)


class Presses:
    """A page that counts what is pressed and written."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, selector: str) -> "Presses":
        take(PRESS)
        send(self.page, selector)
        self.count += 1
        return self

    def tick(self, text: str) -> "Presses":
        take(PRESS)
        self.page.locator("main").get_by_label(text, exact=True).check()
        self.count += 1
        return self

    def write(self, name: str, text: str) -> "Presses":
        take(PRESS + KEY * len(text))
        self.page.fill(f"main [name={name}]", text)
        self.count += 1
        return self


@contextmanager
def measured(what: str, page: Page) -> Iterator[Presses]:
    """Say how many presses and how long it took: what a person needs depends on reading, so nothing is asserted."""
    presses, began = Presses(page), time.perf_counter()
    yield presses
    print(f"{what}: {presses.count} presses, {time.perf_counter() - began:.1f} s")


def test_three_handlaggare_round_one_participant(visit, people):
    owner, af, fk = (visit.log_in(user.email) for user in (people.owner, people.af, people.fk))
    for page in (af, fk):
        assert sees(page, people) == []

    # --- Two parties, different kinds ---
    give(owner, people, "Arbetsförmedlingen", "planera praktik", "Namn och kontakt", "Handlingsplan och delmål")
    give(owner, people, "Försäkringskassan", "samordna rehabilitering", "Möten")
    kinds = ConsentGrant.objects.values_list("organisation__name", "category")
    assert set(kinds) == {
        ("Arbetsförmedlingen", Category.IDENTITY),
        ("Arbetsförmedlingen", Category.PLAN),
        ("Försäkringskassan", Category.MEETINGS),
    }
    assert af.goto(people.path).status == 404, "a consent without anybody who works with the case opens nothing"
    invite(owner, people.af, people.fk)

    alias = people.case.participant.alias
    assert sees(af, people) == [NAME, PLACE]
    assert sees(fk, people) == [alias, SAID]
    assert NAME in searched(owner)
    assert NAME not in searched(af), "the list is for the own organisation's cases"
    noted = owner_note(owner, people)
    assert af.goto(noted).status == 404
    assert fk.goto(noted).status == 200
    assert "Kan läsas av: Vuxenenheten · Försäkringskassan (Frida Försäkring)" in words(fk)

    # --- Each writes, for the own organisation ---
    of_af, of_fk = note(af, people, AF_SAID, readers="Bara Arbetsförmedlingen"), note(fk, people, FK_SAID)
    for page, path in ((owner, of_af), (owner, of_fk), (af, of_fk)):
        assert page.goto(path).status == 404, f"{path} pasted into another's browser"
    # Consent opens meetings to this one: that they have met, and not what was noted for the other's own organisation.
    assert fk.goto(of_af).status == 200
    assert "Ingen anteckning" in words(fk)
    assert sees(af, people) == [NAME, PLACE, AF_SAID]
    assert sees(fk, people) == [alias, SAID, FK_SAID]
    owner.goto(people.path)
    assert AF_SAID not in words(owner)
    assert FK_SAID not in words(owner)
    pasted(owner, af, fk, people)

    # --- One is taken back while its page stands open ---
    assert fk.goto(noted).status == 200
    withdraw(owner, people, "Försäkringskassan")
    assert fk.reload().status == 404
    assert SAID not in words(fk)
    assert sees(fk, people) == [alias, FK_SAID], "what the own organisation has written stays its own"
    assert fk.goto(of_fk).status == 200
    assert sees(af, people) == [NAME, PLACE, AF_SAID], "the other party's consent still holds"


def test_in_an_emergency_only_the_own_organisation_opens_the_case(visit, people):
    colleague, stranger = visit.log_in(people.colleague.email), visit.log_in(people.fk_colleague.email)
    open_in_emergency(stranger)
    assert "går att öppna här" in words(stranger)
    assert stranger.goto(people.path).status == 404
    assert colleague.goto(people.path).status == 404
    with measured("open in an emergency", colleague) as presses:
        open_in_emergency(colleague, presses)
    assert "Öppnat i nödläge till kl." in words(colleague)
    assert SAID in words(colleague)


# --- What each sees -------------------------------------------------------------------------------------------------


def sees(page: Page, people: Round) -> list[str]:
    """Which of all that could be read a guest does, on the page of the case. The list of shared cases says the name."""
    everything = [NAME, people.case.participant.alias, PLACE, SAID, AF_SAID, FK_SAID]
    status, seen = page.goto(people.path).status, words(page)
    shown = [text for text in everything if SPOKEN.get(text, text) in seen]
    assert status == (200 if shown else 404)
    page.goto("/deltagare/delade/")
    assert [text for text in everything if text in words(page)] == shown[:1]
    return shown


def searched(page: Page) -> str:
    """What a search for the name finds."""
    page.goto("/deltagare/")
    page.fill("main [name=q]", "Sandviken")
    page.press("main [name=q]", "Enter")
    page.wait_for_load_state()
    return words(page)


def pasted(owner: Page, af: Page, fk: Page, people: Round) -> None:
    """Addresses from the owner's browser, opened in the others'."""
    consents = f"/inskrivningar/{people.case.public_id}/samtycke/"
    plan_page = f"/inskrivningar/{people.case.public_id}/handlingsplan/"
    owner.goto(consents)
    take_back = owner.get_attribute("main a:text-is('Återkalla') >> nth=0", "href")
    for page in (af, fk):
        assert page.goto(consents).status == 403
        assert page.goto(take_back).status in (403, 404)
        assert page.goto(f"/deltagare/{people.case.participant.public_id}/vem-har-last/").status == 403
    assert af.goto(plan_page).status == 200
    assert fk.goto(plan_page).status == 404


# --- What each does -------------------------------------------------------------------------------------------------


def give(page: Page, people: Round, party: str, purpose: str, *kinds: str) -> None:
    """From the page of the case to the receipt."""
    page.goto(people.path)
    with measured(f"consent for {party}", page) as presses:
        presses.press("main a:text-is('Samtycke')").press("main a:text-is('Nytt samtycke')").tick(party)
        for kind in kinds:
            presses.tick(kind)
        presses.write("purpose", purpose).tick("Muntligt")
        page.wait_for_selector("text=Säger du ja till det?")
        take(WORD * len(page.inner_text("[data-aloud-here]").split()))
        presses.press("button:text-is('Spara samtycket')")
    assert f"är sparat. Ingen hos {party} arbetar med ärendet än" in words(page)


def invite(page: Page, *contacts: User) -> None:
    """From the list of consents, somebody at each party."""
    for contact in contacts:
        page.click(".consents a:text-is('Bjud in kontakt') >> nth=0")
        page.select_option("form:has(button[value=kontakt]) select", label=f"{contact}, {contact.organisation}")
        page.click("button[value=kontakt]")
        assert f"{contact} är kontakt i ärendet nu." in words(page, "body")
        page.click("main a:has-text('samtyck') >> nth=0")
        assert f"Kan läsa hos {contact.organisation}: {contact}." in words(page)


def owner_note(page: Page, people: Round) -> str:
    """The address of the meeting that the owner has logged, which says who reads it."""
    page.goto(people.path)
    page.click(f".events li:has-text('{SAID}') a")
    page.wait_for_url(re.compile(r"/moten/[0-9a-f-]{36}/$"))
    assert "Kan läsas av: Vuxenenheten · Försäkringskassan (Frida Försäkring) till och med" in words(page)
    return page.url


def note(page: Page, people: Round, text: str, readers: str = "") -> str:
    """Log a meeting as a guest, and return its address. One is asked for readers only where there are others."""
    page.goto(people.path)
    page.click("main a:text-is('Nytt möte')")
    page.fill("[name=text]", text)
    assert ("Vem får läsa anteckningen?" in words(page)) == bool(readers)
    if readers:
        page.get_by_label(readers).check()
    page.click("button:text-is('Spara mötet')")
    page.wait_for_selector("text=Mötet är sparat")
    assert text in words(page)
    owner = MeetingParagraph.objects.select_related("owner").get(body__text=text).owner
    assert words(page, "main .tag-who") == f"Kan läsas av: {owner}"
    return page.url


def withdraw(page: Page, people: Round, party: str) -> None:
    """From the page where consents stand: what vanishes, and the button."""
    page.goto(f"/inskrivningar/{people.case.public_id}/samtycke/")
    with measured(f"withdrawal from {party}", page) as presses:
        presses.press(f".consents > li:has-text('{party} får läsa') a:text-is('Återkalla')")
        assert "1 möte och 1 anteckning" in words(page)
        presses.press("button:text-is('Återkalla')")
    assert presses.count == 2
    assert f"{party} kan inte längre läsa möten" in words(page)


def open_in_emergency(page: Page, presses: Presses | None = None) -> None:
    presses = presses or Presses(page)
    page.goto("/deltagare/")
    presses.press("main a:has-text('i nödläge')").write("number", NUMBER)
    presses.write("reason", "Hon ringde från akuten och behöver intyget i dag").press("button:has-text('Öppna i 60')")
