"""Finding people the Swedish way: a golden list of sixty names."""

import unicodedata

import pytest

from participants.models import Enrolment
from tests.world.factories import EnrolmentFactory, PersonalNumberFactory, ProjectFactory
from tests.world.kept import kept_while

# In the order of a Swedish register: å, ä, ö last; é as e, ü as u; v before w.
NAMES = [
    "Abrahamsson, Ada",
    "Adolfsson, Örjan",
    "Ahl, Åke",
    "Al-Hussaini, Fatima",
    "Alm, Zoë",
    "Andersson, Anna",
    "Andersson, Anna-Lena",
    "Andersson, Åsa",
    "Andersson, Örjan",
    "Arvidsson, Émile",
    "Berg, Bo",
    "Bergström, Ulf",
    "Björk, Inga",
    "Björklund, Inga",
    "Carlsson, Carl",
    "Çelik, Çiğdem",
    "Dağ, Emre",
    "Dahl, Dag",
    "Ek, Eva",
    "Ek Lundin, Evy",
    "Ek-Lundin, Eva",
    "El Amrani, Nadia",
    "Eriksson, Éric",
    "Eriksson, Erik",
    "Eriksson, Erika",
    "Fransson, Françoise",
    "Garcia, José",
    "Gustafsson, Gun",
    "Hall, Håkan",
    "Holm, Maria",
    "Isaksson, Iris",
    "Jönsson, Jon",
    "Karlsson, Kajsa",
    "Larsson, Lasse",
    "Lind, Li",
    "Lindén, Linn",
    "Linder, Linn",
    "Łukasik, Łukasz",
    "Müller, Jürgen",
    "Nguyễn, Thị",
    "Nilsson, Nils",
    "O’Brien, Niamh",
    "Olsson, Olle",
    "Petrović, Ana",
    "Quist, Vera",
    "Ravn, Søren",
    "Sandström, Siv",
    "Strauß, Hans",
    "Svensson, Sven",
    "Tran, Thi",
    "Ueda, Ken",
    "Vikström, Vera",
    "von Platen, Philip",
    "Wahlberg, Ida",
    "Wågström, Ida",
    "Zetterlund, Zaida",
    "Åberg, Åsa",
    "Ängström, Älva",
    "Öberg, Östen",
    "Østergaard, Mette",
]


def written():
    """A project with everybody in it."""
    project = ProjectFactory()
    for place, name in enumerate(reversed(NAMES)):
        family, given = name.split(", ")
        # Every third name comes from a system that writes its letters apart.
        if place % 3 == 0:
            family, given = (unicodedata.normalize("NFD", part) for part in (family, given))
        EnrolmentFactory(project=project, family_name=family, given_name=given)
    return project


@pytest.fixture(scope="module")
def whole_project(django_db_setup, django_db_blocker):
    """Written once for all tests of the module: sixty people are a second's work, and most tests only read."""
    with kept_while(django_db_blocker, written) as project:
        yield project


@pytest.fixture
def project(whole_project, db):
    return whole_project


def found(text: str) -> list[str]:
    rows = Enrolment.objects.named(text).by_name().with_person()
    return [unicodedata.normalize("NFC", row.participant.identity.full_name) for row in rows]


def test_the_list_is_sorted_as_a_swedish_register(project) -> None:
    assert len(NAMES) == 60
    assert found("") == NAMES


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("oberg", ["Öberg, Östen"]),
        ("Öberg", ["Öberg, Östen"]),
        ("ÖBERG", ["Öberg, Östen"]),
        ("O\N{COMBINING DIAERESIS}berg", ["Öberg, Östen"]),
        ("åberg", ["Åberg, Åsa"]),
        ("aberg", ["Åberg, Åsa"]),
        ("äberg", []),
        ("berg", ["Berg, Bo", "Bergström, Ulf", "Wahlberg, Ida", "Åberg, Åsa", "Öberg, Östen"]),
        ("östen öberg", ["Öberg, Östen"]),
        ("öberg, östen", ["Öberg, Östen"]),
        ("osten oberg", ["Öberg, Östen"]),
        ("andersson ås", ["Andersson, Åsa"]),
        ("andersson as", ["Andersson, Åsa"]),
        ("linden", ["Lindén, Linn"]),
        ("lindén", ["Lindén, Linn"]),
        ("éva ek", ["Ek, Eva", "Ek-Lundin, Eva"]),
        ("muller", ["Müller, Jürgen"]),
        ("ostergaard", ["Østergaard, Mette"]),
        ("soren", ["Ravn, Søren"]),
        ("strauss", ["Strauß, Hans"]),
        ("lukasz", ["Łukasik, Łukasz"]),
        ("cigdem", ["Çelik, Çiğdem"]),
        ("nguyen", ["Nguyễn, Thị"]),
        ("o'brien", ["O’Brien, Niamh"]),
        ("o’brien", ["O’Brien, Niamh"]),
        ("obrien", ["O’Brien, Niamh"]),
        ("o brien", ["O’Brien, Niamh"]),
        ("östergaard", ["Østergaard, Mette"]),
        ("OSTERGAARD", ["Østergaard, Mette"]),
        ("ek-lundin", ["Ek-Lundin, Eva"]),
        ("  von   platen ", ["von Platen, Philip"]),
        ("\u200eÖb\u00aderg\u200b", ["Öberg, Östen"]),
        ("å", ["Ahl, Åke", "Andersson, Åsa", "Åberg, Åsa"]),
        ("bo", ["Berg, Bo"]),
        ("le", ["Andersson, Anna-Lena"]),
        ("lin", ["Lind, Li", "Lindén, Linn", "Linder, Linn"]),
        ("100%", []),
        ("_", []),
        ("'; drop table", []),
    ],
)
def test_a_search_finds_what_a_swede_expects(project, text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "19620518-9829",
        "196205189829",
        "620518-9829",
        "620518 9829",
        "6205189829",
        "9829",
        "1962",
        "öb 1962",
        "620518 - 9829",
        "620518 – 9829",
        "\u200e620518\u20119829\u200f",
    ],
)
def test_a_number_is_found_however_it_is_typed(project, text: str) -> None:
    row = Enrolment.objects.named("öberg").get()
    PersonalNumberFactory(participant=row.participant, value="196205189829")
    PersonalNumberFactory(participant=row.participant, value="196205789823", kind="coordination")
    assert list(Enrolment.objects.named(text)) == [row]


def test_a_year_finds_those_born_then_also_without_number(project) -> None:
    row = Enrolment.objects.named("öberg").get()
    row.participant.birth_date = row.participant.birth_date.replace(year=1955)
    row.participant.save()
    assert list(Enrolment.objects.named("1955")) == [row]
