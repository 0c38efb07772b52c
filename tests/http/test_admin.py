"""An administrator alone against the running program: an account of their own making, and a colleague's account."""

import email
import re
from email import policy
from uuid import uuid4

import pytest

from tests.http.client import Page
from tests.http.conftest import ROOT
from workshop.demo.cast import PASSWORD

OWN = "ett-langt-losenord-7"
LINK = re.compile(r"/glomt-losenord/[0-9A-Za-z]+-[^/<\s]+/")
MAIL = ROOT / "var" / "mail"
PROPOSAL = re.compile(r"/godkanna/[0-9a-f-]{36}/")


def letters_to(site, address: str) -> str:
    """What has been written to an address, once all that waits is sent; without a mail host letters lie as files."""
    assert site.manage("run_jobs").returncode == 0
    texts = [text for path in MAIL.glob("*.log") for text in path.read_bytes().split(b"-" * 79)]
    found = [email.message_from_bytes(text.strip(), policy=policy.default) for text in texts]
    return "\n".join(letter.get_content() for letter in found if letter["To"] == address)


class Attack:
    """What ada can do, and what comes of it."""

    def __init__(self, site) -> None:
        self.site, self.ada = site, site.as_("ada")

    def open_account(self) -> tuple[str, str]:
        """An account that ada alone has made, with a password; its address, and the path of its page."""
        address = f"egen-{uuid4().hex[:8]}@example.com"
        page = self.ada.get("/anvandare/ny/")
        made = self.ada.send(page, page.form("email"), name="Pelle Påhitt", email=address, duty="case_work")
        shown = self.ada.post(made.address, [("do", "link")])
        assert self.choose_password(LINK.search(shown.html)[0], OWN)
        return address, made.address.removeprefix(self.site.base)

    def choose_password(self, link: str, password: str) -> bool:
        """Use a link; whether it held."""
        visitor = self.site.visitor()
        page = visitor.get(link)
        if "password1" not in page.html:
            return False
        visitor.send(page, page.form("password1"), password1=password, password2=password)
        return True

    def give_role(self, user: str) -> Page:
        """«Ny roll», as far as an administrator can."""
        page = self.ada.get(f"{user}roller/")
        form = page.form("project", "role")
        project = next(value for value, name in form.choices["project"] if name == "Vägar till arbete")
        return self.ada.send(page, form, project=project, role="case_worker")

    def accept(self, name: str, what: str) -> Page:
        """samira says yes to the newest proposal for somebody."""
        samira = self.site.as_("samira")
        pages = [samira.get(path) for path in PROPOSAL.findall(samira.get("/godkanna/").html)]
        page = next(page for page in reversed(pages) if name in page.text and what in page.text)
        return samira.send(page, page.form("seen"), do="accept")


@pytest.fixture
def attack(site) -> Attack:
    return Attack(site)


def test_an_account_of_ones_own_making_sees_nobody_until_a_coordinator_says_yes(site, attack):
    address, user = attack.open_account()
    answer = attack.give_role(user)
    assert "väntar på godkännande av Samira" in answer.text
    puppet = site.visitor().log_in(address, OWN)
    assert puppet.get("/deltagare/").status == 403
    proposal = PROPOSAL.findall(site.as_("samira").get("/godkanna/").html)[-1]
    for visitor in (attack.ada, puppet):
        assert visitor.get(proposal).status in (403, 404)
        assert visitor.post(proposal, [("do", "accept"), ("token", str(uuid4()))]).status in (403, 404)
    attack.accept(address, "handläggare")
    assert puppet.get("/deltagare/").status == 200


def test_a_colleagues_account_is_not_taken_over_by_another_address_and_a_new_password(site, attack):
    address, user = attack.open_account()
    attack.give_role(user)
    attack.accept(address, "handläggare")
    colleague = site.visitor().log_in(address, OWN)
    # Straight to a link: none, but a question to a second person.
    asked = attack.ada.post(user, [("do", "link")])
    assert not LINK.search(asked.html)
    # Another address: not without proof that ada sits there, and then it opens nothing.
    page, stolen = attack.ada.get(f"{user}andra/"), f"stulen-{uuid4().hex[:8]}@example.com"
    assert "Skriv ditt eget lösenord" in attack.ada.send(page, page.form("email"), email=stolen).text
    assert attack.ada.send(page, page.form("email"), email=stolen, proof=PASSWORD).status == 200
    assert colleague.get("/deltagare/", follow=False).status == 302, "the owner is logged out"
    thief = site.visitor()
    page = thief.get("/glomt-losenord/")
    thief.send(page, page.form("email"), email=stolen)
    letters = letters_to(site, stolen)
    assert "ändrad av en administratör" in letters
    assert not LINK.search(letters)
    assert "ändrat adressen" in letters_to(site, address)
    assert not LINK.search(attack.ada.get(user).html)
    # The owner's own password still lets the owner in.
    site.visitor().log_in(stolen, OWN)


def test_a_link_that_a_second_person_accepts_is_shown_to_that_one_and_works_once(site, attack):
    address, user = attack.open_account()
    attack.ada.post(user, [("do", "link")])
    shown = attack.accept(address, "länk")
    link = LINK.search(shown.html)[0]
    assert not LINK.search(attack.ada.get(user).html)
    assert attack.choose_password(link, "ett-annat-losenord-8")
    assert not attack.choose_password(link, "ett-tredje-losenord-9")


def test_two_administrators_of_which_one_made_the_other_are_one(site, attack):
    address, user = attack.open_account()
    page = attack.ada.get(f"{user}andra/")
    attack.ada.send(page, page.form("duty"), duty="administrator")
    puppet = site.visitor().log_in(address, OWN)
    assert puppet.get("/anvandare/").status == 403
    assert puppet.get("/godkanna/").status == 403
