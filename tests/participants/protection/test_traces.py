"""What is found of a person in texts: replaced where it is exact, asked about where it isn't."""

from datetime import date
from unittest.mock import patch

import pytest

from participants.protection.spans import Redaction, composed
from participants.protection.traces import Name, Traces

ALIAS = "Deltagare ABCD2346"
ASA = Traces("Åsa Maria", "Öberg-Ek", ("196205189829",), "070-123 45 67", "asa.oberg@example.org", date(1962, 5, 18))
HANS = Traces("Hans", "Stig")


def without(find, text):
    """The text with the alias wherever something is found."""
    return Redaction.of(composed(text), find(composed(text)), ALIAS).text


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
    assert without(ASA.exact, f"Träffade {said}, som mår bra.") == f"Träffade {ALIAS}, som mår bra."


def test_words_that_only_hold_a_name_stay():
    text = "Det är hans mål att stiga upp; en stig i skogen. Hansson och 2196205189829 är andra."
    assert without(HANS.exact, text) == text
    assert without(ASA.exact, text) == text


def test_a_name_with_signs_of_a_pattern_is_only_a_name():
    odd = Traces("A.", "O'Hara (dy)")
    assert without(odd.exact, "Ah O'Hara och O’Hara kom") == f"Ah {ALIAS} och {ALIAS} kom"


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


@pytest.mark.parametrize("said", ["18 maj 1962", "18/5 1962", "18/5 -62", "18.5.1962", "18:e maj 1962", "620518"])
def test_the_day_of_birth_is_pointed_out_however_it_is_written(said):
    text = f"Född {said} i Lund, flyttade 2018-05-18."
    assert [text[start:end] for start, end in ASA.doubtful(text, ALIAS)] == [said]


def test_elsewhere_only_what_means_nobody_else_is_replaced():
    text = "Åsa och Öberg. Åsa Maria Öberg-Ek, 620518-9829."
    assert without(ASA.elsewhere([]), text) == f"Åsa och Öberg. {ALIAS}."
    namesake = Name.of("Åsa Maria", "Öberg-Ek")
    assert without(ASA.elsewhere([namesake]), text) == f"Åsa och Öberg. Åsa Maria Öberg-Ek, {ALIAS}."


@pytest.mark.parametrize(
    "said",
    ["åsa maria öberg ek", "Åsa Öberg-Ek", "Öberg-Ek, Åsa", "ÅSA MARIA ÖBERG–EK", "62 05 18 98 29", "620518–9829"],
)
def test_elsewhere_a_whole_name_or_number_is_known_however_it_is_written(said):
    assert without(ASA.elsewhere([]), f"Granne med {said} i Lund.") == f"Granne med {ALIAS} i Lund."


def test_elsewhere_whose_something_is_needs_no_other_rule():
    assert without(ASA.elsewhere([]), "Åsa Öberg-Eks syster") == f"{ALIAS}s syster"


@pytest.mark.parametrize("family", ["İlkay", "Ilkay", "O'Hara", "Strauß", "Ek", "Ng-Ek"])
def test_elsewhere_a_quick_look_passes_by_nothing_that_a_close_look_finds(family):
    who = Traces("Eva", family, ("196205189829",), "+46 70-123 45 67 (hem)", "Eva@Ex.org")
    forms = [family, family.upper(), family.lower(), family.swapcase(), family.replace("'", "’").replace("-", " ")]
    said = [*(f"{form}, Eva" for form in forms), "19 62.05.18/98+29", "0046 (0)70 1234567", "EVA@EX.ORG"]
    quick = [who.elsewhere([])(composed(f"Såg {text} där.")) for text in said]
    with patch.object(Traces, "_may_stand_in", return_value=True):
        assert quick == [who.elsewhere([])(composed(f"Såg {text} där.")) for text in said]
    assert sum(map(bool, quick)) >= 6


def test_a_name_is_told_from_anothers_by_whole_words():
    eva = Traces("Eva", "Ek")
    text = "Granne med Eva Ek."
    assert without(eva.elsewhere([Name.of("Evald Ekberg", "Evald Ekberg")]), text) == f"Granne med {ALIAS}."
    for other in (Name.of("Eva Ek", "Eva Ek"), Name.of("Eva Maria", "Ek")):
        assert without(eva.elsewhere([other]), text) == text


@pytest.mark.parametrize("phone", ["070-1234567 (hem)", "070-123 45 6 7", "08-123 45 67, mobil 070-1234567"])
def test_a_phone_is_known_however_it_was_registered(phone):
    assert without(Traces("Eva", "Ek", phone=phone).exact, "Ring 0701234567.") == f"Ring {ALIAS}."


@pytest.mark.parametrize("text", ["öberg", "obe", "Ek, Åsa", "620518-9829", "9829", "0701234", "asa.oberg@"])
def test_a_search_that_tells_of_the_person_is_known(text):
    assert ASA.is_sought_by(text)


@pytest.mark.parametrize("text", ["lindqvist", "1987", "", "k"])
def test_other_searches_are_not(text):
    assert not ASA.is_sought_by(text)


def test_somebody_without_a_name_leaves_nothing():
    nobody = Traces("", "")
    assert nobody.exact("Vad som helst, 12") == []
    assert nobody.doubtful("Vad som helst, 12", ALIAS) == []
    assert not nobody.is_sought_by("vad som helst")
