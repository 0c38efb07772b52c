"""What is found of a person in texts: replaced where it is exact, asked about where it isn't."""

from datetime import date

import pytest

from participants.traces import Traces

ALIAS = "Deltagare ABCD2346"
ASA = Traces("Åsa Maria", "Öberg-Ek", ("196205189829",), "070-123 45 67", "asa.oberg@example.org", date(1962, 5, 18))
HANS = Traces("Hans", "Stig")


@pytest.mark.parametrize(
    "said",
    [
        "Öberg-Ek, Åsa Maria",
        "Åsa Maria Öberg-Ek",
        "Åsa",
        "Maria",
        "Öberg",
        "ÖBERG-EK",
        "19620518-9829",
        "196205189829",
        "620518-9829",
        "620518 9829",
        "19620518 - 9829",
        "0701234567",
        "070-123 45 67",
        "+46 70 123 45 67",
        "0046701234567",
        "Asa.Oberg@Example.org",
        "O\u0308berg",
    ],
)
def test_what_is_exact_is_replaced_however_it_is_spaced(said):
    assert ASA.replaced(f"Träffade {said}, som mår bra.", ALIAS) == f"Träffade {ALIAS}, som mår bra."


def test_words_that_only_hold_a_name_stay():
    text = "Det är hans mål att stiga upp; en stig i skogen. Hansson och 2196205189829 är andra."
    assert HANS.replaced(text, ALIAS) == text
    assert ASA.replaced(text, ALIAS) == text


def test_a_name_with_signs_of_a_pattern_is_only_a_name():
    odd = Traces("A.", "O'Hara (dy)")
    assert odd.replaced("Ah O'Hara kom", ALIAS) == f"Ah {ALIAS} kom"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Öbergs bror ringde", ["Öbergs"]),
        ("åsas plan", ["åsas"]),
        ("Träffade Oberj och Åza", ["Oberj"]),
        ("Å.Ö. kom sent", ["Å.Ö."]),
        ("ÅÖ kom sent", ["ÅÖ"]),
        ("Född 1962-05-18 i Lund", ["1962-05-18"]),
        ("Öberg-Eks plan", ["Öberg-Eks"]),
        ("Ek ekar i ekonomin och eken", ["Ek", "ekar", "eken"]),
        ("Inget här om någon", []),
        (f"{ALIAS} kom", []),
    ],
)
def test_what_may_be_the_person_is_pointed_out(text, found):
    assert [text[start:end] for start, end in ASA.doubtful(text, ALIAS)] == found


def test_elsewhere_only_what_means_nobody_else_is_replaced():
    text = "Åsa och Öberg. Åsa Maria Öberg-Ek, 620518-9829."
    assert ASA.replaced_elsewhere(text, ALIAS, is_only_one=True) == f"Åsa och Öberg. {ALIAS}."
    assert ASA.replaced_elsewhere(text, ALIAS, is_only_one=False) == f"Åsa och Öberg. Åsa Maria Öberg-Ek, {ALIAS}."


@pytest.mark.parametrize("text", ["öberg", "obe", "Ek, Åsa", "620518-9829", "9829", "0701234", "asa.oberg@"])
def test_a_search_that_tells_of_the_person_is_known(text):
    assert ASA.is_sought_by(text)


@pytest.mark.parametrize("text", ["lindqvist", "1987", "", "k"])
def test_other_searches_are_not(text):
    assert not ASA.is_sought_by(text)


def test_somebody_without_a_name_leaves_nothing():
    nobody = Traces("", "")
    assert nobody.replaced("Vad som helst, 12", ALIAS) == "Vad som helst, 12"
    assert nobody.doubtful("Vad som helst, 12", ALIAS) == []
    assert not nobody.is_sought_by("vad som helst")
