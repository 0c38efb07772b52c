"""Who somebody was called before: corrected twice, written about, searched for, then protected. All by requests."""

import pytest

from tests.http.people import PERSON, all_that_is_stored, case_of, enrol, name, number, protect

ASKED = "Jämför och spara igen"


@pytest.fixture
def hanna(site):
    return site.as_("hanna")


def spellings(values: dict[str, str]) -> list[str]:
    """Name, number, phone and mail in each way that they may be kept."""
    digits = values["number"].replace("-", "")
    return [values["given_name"], values["family_name"], values["email"], digits, digits[2:], values["number"]]


def whole(phone: str) -> dict[str, str]:
    given, family = name(), name()
    return {
        "given_name": given,
        "family_name": family,
        "number": number(),
        "birth_date": "",
        "phone": phone,
        "email": f"{given.lower()}@example.org",
    }


def test_former_names_numbers_and_contacts_are_nowhere_after_protection(site, hanna):
    who = [whole(phone) for phone in ("070-5551234", "070-5555678", "070-5559012")]
    person = enrol(hanna, **{key: value for key, value in who[0].items() if value})
    case = case_of(person)
    for later in who[1:]:
        page = hanna.get(f"{case}ratta/")
        assert "Rättelsen är sparad" in hanna.send(page, page.form("given_name"), number_is="mistyped", **later).text
    first, second, _ = who
    page = hanna.get(f"{case}moten/nytt/")
    said = f"Träffade {first['given_name']} {first['family_name']}, förut {second['family_name']}. Ring 070-555 12 34."
    others = f"{second['given_name']} {second['family_name']}"
    assert "Mötet är sparat" in hanna.send(page, page.form("text", "kind"), text=said, others=others).text
    page = hanna.get("/deltagare/")
    for sought in (first["number"], second["family_name"]):
        hanna.send(page, page.form("q"), q=sought)
    stale = hanna.get(f"{case}ratta/")
    canaries = [
        *(spelling for values in who for spelling in spellings(values)),
        "5551234",
        "555 12 34",
        "5555678",
        "5559012",
    ]
    stored = all_that_is_stored(site)
    assert all(values["family_name"] in stored for values in who), "looked for in the right place"

    assert "Skyddet gäller" in protect(hanna, person).text

    assert [canary for canary in canaries if canary in all_that_is_stored(site)] == []
    path = PERSON.search(person.address)[0]
    pages = [path, case, "/deltagare/", "/", f"{path}registerutdrag/", f"{path}vem-har-last/", f"{case}texter/"]
    seen = "".join(hanna.get(page).html for page in pages)
    assert [canary for canary in canaries if canary in seen] == []
    # A page that was opened before puts nothing back.
    hanna.send(stale, stale.form("given_name"), **whole("070-5553456"))
    again = hanna.send(stale, stale.form("given_name"), **first)
    assert "given_name" not in {field for form in again.forms for field in form.names}
    assert [canary for canary in canaries if canary in all_that_is_stored(site)] == []
    assert [canary for canary in canaries if canary in site.log] == []


def test_every_text_about_the_person_is_read_once_with_likely_places_marked(hanna):
    who = whole("070-5557890")
    person = enrol(hanna, **{key: value for key, value in who.items() if value})
    case = case_of(person)
    texts = ["Kom i tid och trivdes.", f"{who['given_name'][:-1]}as mamma ringde."]
    for text in texts:
        page = hanna.get(f"{case}moten/nytt/")
        assert "Mötet är sparat" in hanna.send(page, page.form("text", "kind"), text=text).text
    assert protect(hanna, person).address.endswith("/texter/")
    page = hanna.get(f"{case}texter/")
    assert all(text in page.text for text in texts)
    assert f"<mark>{who['given_name'][:-1]}as</mark>" in page.html
    done = hanna.send(page, page.form("more"))
    assert "2 texter är genomgångna" in done.text


def test_a_correction_of_a_name_says_who_and_from_what(hanna):
    who, later = whole("070-5552345"), name()
    person = enrol(hanna, **{key: value for key, value in who.items() if value})
    page = hanna.get(f"{case_of(person)}ratta/")
    hanna.send(page, page.form("given_name"), family_name=later)
    history = hanna.get(PERSON.search(person.address)[0]).text
    assert f"Efternamn: {who['family_name']} → {later}" in history
    assert "Hanna Lindqvist" in history.split(f"→ {later}")[1][:200]
