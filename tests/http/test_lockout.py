"""Guessing at a colleague's password by requests to the running program, from eight addresses."""

import re
from uuid import uuid4

import pytest

OWN = "kaffe-pa-stationen-7"
WRONG = "fel-losenord-12"
LINK = re.compile(r"/glomt-losenord/[0-9A-Za-z]+-[^/<\s]+/")
TOO_MANY = "för många försök"


@pytest.fixture
def colleague(site):
    """The address of somebody of the test's own, with a password."""
    address = f"kollega-{uuid4().hex[:8]}@example.com"
    made = site.manage(
        "create_administrator", "--email", address, "--name", "Kim Kollega", "--organisation", "Vuxenenheten"
    )
    visitor = site.visitor()
    page = visitor.get(LINK.search(made.stdout)[0])
    visitor.send(page, page.form("password1"), password1=OWN, password2=OWN)
    return address


def log_in(visitor, address: str, password: str):
    page = visitor.get("/logga-in/")
    return visitor.send(page, page.form("login", "password"), login=address, password=password)


def looked_at(site, address: str, *, rounds: int) -> int:
    """How many passwords are looked at when eight addresses guess, some times each."""
    visitors = [site.visitor(f"127.0.9.{number}") for number in range(2, 10)]
    answers = [log_in(visitor, address, WRONG).text for _ in range(rounds) for visitor in visitors]
    assert all(TOO_MANY in answer or "stämmer inte" in answer for answer in answers)
    return sum(TOO_MANY not in answer for answer in answers)


def test_eight_addresses_get_twenty_guesses_an_hour_and_the_owner_gets_in(site, colleague):
    own = site.visitor("127.0.9.20").log_in(colleague, OWN)
    page = own.get("/logga-ut/")
    own.send(page, next(form for form in page.forms if "logga-ut" in form.action or not form.action))
    assert looked_at(site, colleague, rounds=5) == 20
    # So is an address that nobody has.
    assert looked_at(site, f"ingen-{uuid4().hex[:8]}@example.com", rounds=3) == 20
    assert TOO_MANY in log_in(site.visitor("127.0.9.30"), colleague, OWN).text
    assert "/logga-in/" not in log_in(own, colleague, OWN).address


def test_counts_are_not_washed_away_by_many_others(site, colleague):
    """Made-up addresses each leave counts of their own: a full store must not let go of the one that matters."""
    assert looked_at(site, colleague, rounds=5) == 20
    for number in range(20, 28):
        visitor = site.visitor(f"127.0.9.{number}")
        for _ in range(14):
            log_in(visitor, f"{uuid4().hex}@example.com", WRONG)
    assert looked_at(site, colleague, rounds=1) == 0


def test_ten_wrong_passwords_in_an_office_shut_out_nobody_there(site, colleague):
    office = "127.0.9.40"
    for _ in range(10):
        log_in(site.visitor(office), f"{uuid4().hex[:8]}@example.com", WRONG)
    site.visitor(office).log_in(colleague, OWN)
