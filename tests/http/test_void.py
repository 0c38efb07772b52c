"""A wrong registration by requests: no press of one person takes a case away, and a way back leads from each."""

import re

from tests.http.client import Page, Visitor

WHY = "Skrevs in två gånger av misstag"
LIST = "/deltagare/felregistrerade/"


def enrolled(site, family_name: str) -> tuple[Visitor, str]:
    """Hanna and the address of a new case of hers, for which she is responsible."""
    hanna = site.as_("hanna")
    page = hanna.get("/deltagare/ny/")
    answers = {"given_name": "Viola", "family_name": family_name, "source": "social_services"}
    made = hanna.send(page, page.form("given_name", "number"), **answers)
    address = re.search(r"/inskrivningar/[0-9a-f-]{36}/", made.html)
    assert address, made.text[:400]
    return hanna, address[0]


def send(visitor: Visitor, address: str, *names: str, **answers: str) -> Page:
    page = visitor.get(address)
    return visitor.send(page, page.form(*names), **answers)


def test_the_old_press_does_nothing(site):
    hanna, case = enrolled(site, "Ettryck")
    page = hanna.get(case + "ratta/")
    hanna.send(page, page.form("family_name"), is_void="on")
    assert hanna.get(case).status == 200


def test_asked_confirmed_and_undone(site):
    hanna, case = enrolled(site, "Felsson")
    person = re.search(r"/deltagare/[0-9a-f-]{36}/", hanna.get(case).html)[0]
    asked = send(hanna, case + "felregistrerad/", "why", why=WHY)
    assert "Du har begärt felregistrering" in asked.text
    assert hanna.get(case).status == 200
    assert hanna.get(case + "felregistrerad/svara/").status == 403

    samira = site.as_("samira")
    assert WHY in samira.get("/").text
    answered = send(samira, case + "felregistrerad/svara/", "answer", answer="confirm")
    assert answered.address.endswith(LIST)
    assert "Viola Felsson" in answered.text
    assert [visitor.get(case).status for visitor in (hanna, samira)] == [404, 404]
    assert "Felsson" not in samira.get("/deltagare/?visa=alla").text

    for stored in ("registerutdrag/", "vem-har-last/", "skydd/"):
        assert samira.get(person + stored).status == 200, stored
        assert site.as_("jonas").get(person + stored).status == 404, stored

    assert hanna.get(case + "felregistrerad/angra/").status == 403
    undone = send(samira, case + "felregistrerad/angra/", "why", why="Hon var inskriven en enda gång")
    assert undone.address.endswith(case)
    assert hanna.get(case).status == 200


def test_whoever_broke_the_glass_asks_nothing(site):
    _, case = enrolled(site, "Glassdotter")
    jonas = site.as_("jonas")
    assert jonas.get(case + "felregistrerad/").status == 404
    assert jonas.post(case + "felregistrerad/", [("why", WHY)]).status == 404
