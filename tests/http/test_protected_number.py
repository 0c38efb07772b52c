"""Somebody protected doesn't come back in clear: a colleague tries the number, in the form and by a register."""

import re
from datetime import date

import pytest

from tests.actionplans.register.builders import register_file
from tests.http.people import PERSON, all_that_is_stored, case_of, enrol, events, name, number, protect, upload_register

SENTENCE = "Personen finns hos er med skydd. Fråga Jonas Ek."


@pytest.fixture
def known(site) -> tuple[str, str]:
    """Somebody of Jonas's, with the number that was mistyped first and the one that was right; protected now."""
    jonas = site.as_("jonas")
    numbers = number(), number()
    person = enrol(jonas, given_name=name(), family_name=name(), number=numbers[0])
    page = jonas.get(f"{case_of(person)}ratta/")
    asked = jonas.send(page, page.form("number"), number=numbers[1], birth_date="")
    assert "Var numret felskrivet" in asked.text
    assert "Rättelsen är sparad" in jonas.send(asked, asked.form("number"), number_is="mistyped").text
    assert "Skyddet gäller" in protect(jonas, person).text
    return (*numbers, PERSON.search(person.address)[0].split("/")[2].replace("-", ""))


def register(rows: list[tuple[str, str]]) -> bytes:
    return register_file(
        *({"Personnr": number, "Efternamn": family, "Inskriven": date(2011, 1, 28)} for number, family in rows)
    )


@pytest.mark.parametrize("which", [0, 1])
def test_enrolling_is_refused_with_whom_to_ask_logged_and_told(site, known, which):
    # Each by a colleague of their own: a user is told of five a day, in all tests together.
    colleague = ("hanna", "samira")[which]
    visitor, given = site.as_(colleague), name()
    answer = enrol(visitor, given_name=given, family_name=name(), number=known[which])
    assert SENTENCE in answer.text
    assert answer.form("given_name").fields.count(("given_name", given)) == 1, "what was typed is kept"
    assert given not in all_that_is_stored(site)
    assert (f"{colleague}@example.se", known[2]) in events(site, "protected_notice")
    who = {"hanna": "Hanna Lindqvist", "samira": "Samira Öberg"}[colleague]
    jonas = site.as_("jonas")
    assert f"{who} ville skriva in personens nummer" in jonas.get("/").text


def test_a_register_is_refused_with_whom_to_ask_and_the_rest_can_be_read(site, known):
    protected, free = name(), name()
    rows = [(known[1], protected), (number(), free)]
    samira = site.as_("samira")
    refused = upload_register(samira, register(rows))
    assert f"Rad 2: {SENTENCE}" in refused.text
    assert not any(number in refused.text for number in (known[1], protected))
    assert not any(number in all_that_is_stored(site) for number in (protected, free)), "the file isn't kept"
    assert ("samira@example.se", known[2]) in events(site, "protected_notice")
    assert "Samira Öberg ville skriva in personens nummer" in site.as_("jonas").get("/").text
    preview = upload_register(samira, register(rows[1:]))
    receipt = samira.send(preview, preview.form("do", "token"), do="approve")
    assert "Registret är inläst" in receipt.text, receipt.text[:600]
    assert free in all_that_is_stored(site)


def test_the_servers_command_is_refused_too(site, known, tmp_path):
    family = name()
    file = tmp_path / "r.xlsx"
    file.write_bytes(register([(known[0], family)]))
    ran = site.manage("import_register", str(file), "--project", "2026/SOF-12", "--format", "json")
    assert ran.returncode == 1
    assert SENTENCE in ran.stdout
    assert known[0].replace("-", "") not in re.sub(r"\D", "", ran.stdout)
    assert family not in all_that_is_stored(site)


def test_another_organisation_learns_nothing(site, known):
    alva = site.as_("alva")
    page = alva.get("/deltagare/ny/")
    if page.status == 403:
        pytest.fail("Alva enrols nobody: choose somebody else of another organisation")
    answer = enrol(alva, given_name=name(), family_name=name(), number=known[1])
    assert "Personen är inskriven" in answer.text
    assert "skydd" not in answer.text.split("Personen är inskriven")[1][:200]
