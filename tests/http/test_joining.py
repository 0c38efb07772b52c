"""A personal number alone opens nothing: the attack by requests, in the form and by a register, and how it ends."""

import re
from datetime import date

import pytest

from tests.actionplans.register.builders import register_file
from tests.http.people import upload_register

NUMBER = re.compile(r"\d{8}-\d{4}")
TYPED = {"given_name": "Nykomna", "family_name": "Numersson", "source": "social_services"}


def numbers_and_names(visitor) -> dict[str, str]:
    """Number and name of everybody whom somebody sees, of the demo's first project."""
    found = {}
    for link in visitor.get("/deltagare/?visa=alla").links:
        if re.fullmatch(r"/inskrivningar/[0-9a-f-]{36}/", link):
            page = visitor.get(link)
            if number := NUMBER.search(page.text):
                name = re.search(r"<h1[^>]*>\s*([^<]+?)\s*</h1>", page.html)
                found[number[0]] = name[1]
    return found


@pytest.fixture(scope="module")
def out_of_sight(site) -> dict[str, str]:
    """Jonas's people whom Hanna doesn't see, and who have the name of none whom she sees."""
    hannas, jonas = (numbers_and_names(site.as_(name)) for name in ("hanna", "jonas"))
    taken = {*hannas, *hannas.values()}
    return {number: name for number, name in jonas.items() if taken.isdisjoint((number, name))}


def register(rows: list[tuple[str, str]]) -> bytes:
    return register_file(
        *({"Personnr": number, "Efternamn": name, "Inskriven": date(2011, 1, 28)} for number, name in rows)
    )


def enrol(visitor, number: str):
    page = visitor.get("/deltagare/ny/")
    return visitor.send(page, page.form("given_name", "number"), number=number, **TYPED)


def test_enrolling_by_a_colleagues_number_shows_only_what_was_typed(site, out_of_sight):
    number, name = next(iter(out_of_sight.items()))
    hanna = site.as_("hanna")
    receipt = enrol(hanna, number)
    assert receipt.status == 200
    assert "Personen är inskriven." in receipt.text
    assert "Nykomna Numersson" in receipt.text
    seen = receipt.html + hanna.get("/deltagare/?visa=alla").html + hanna.get("/").html
    assert name not in seen
    # The number is asked about to Jonas, who answers for the person, and to nobody else.
    jonas = site.as_("jonas").get("/")
    assert "Samma person?" in jonas.text
    assert name in jonas.text
    (answer,) = [link for link in jonas.links if link.endswith("/samma-person/")]
    assert hanna.get(answer).status == 404
    assert "Numersson" in site.as_("jonas").get(answer).text


def test_an_unknown_number_is_answered_alike(site, out_of_sight):
    known, hanna = list(out_of_sight)[1], site.as_("hanna")
    pages = [enrol(hanna, number) for number in (known, "19811228-9874")]
    said = [re.sub(r"\d{8}-\d{4}|f\. \d{4}|\d{1,2}[.:]\d\d", "#", page.text) for page in pages]
    assert said[0] == said[1]


def test_a_register_of_known_numbers_gives_no_names(site, tmp_path):
    made = site.manage(
        "create_project", "--project", "2026/HTTP-20", "--name", "Utom synhåll", "--organisation", "Vuxenenheten"
    )
    assert made.returncode == 0, made.stderr
    people = [("19620518-9829", "Hemligsson"), ("19811228-9874", "Tystlund")]
    (tmp_path / "first.xlsx").write_bytes(register(people))
    first = site.manage("import_register", str(tmp_path / "first.xlsx"), "--project", "2026/HTTP-20")
    assert first.returncode == 0, first.stderr
    samira = site.as_("samira")
    content = register([(number, f"Rad{place}") for place, (number, _) in enumerate(people)])
    preview = upload_register(samira, content)
    receipt = samira.send(preview, preview.form("do", "token"), do="approve")
    seen = preview.text + receipt.text + samira.get("/deltagare/?visa=alla").text
    assert "Registret är inläst." in receipt.text
    assert "Rad0" in seen
    assert not any(name in seen for _, name in people)
