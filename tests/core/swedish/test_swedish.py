"""Keys for searching and sorting, without a database: tests/casework/caseload/test_search.py tries them in both."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.swedish.keys import SHORTEST, clean, fold, name_parts, search_key, search_term, sort_key, spellings

# Family and given name, in the order of a Swedish register.
GOLDEN = [
    ("Abel", "Tor"),
    ("Abélard", "Ann"),
    ("Ahl", ""),
    ("Ahl", "Bo"),
    ("AHL", "Cilla"),
    ("Alm", "Åke"),
    ("Alm-Berg", "Ulf"),
    ("Almén", "Ada"),
    ("Almer", "Ada"),
    ("Andersson", "Anna"),
    ("Andersson", "Anna Maria"),
    ("Andersson", "Anna-Maria"),
    ("andersson", "Annika"),
    ("Andersson", "Åsa"),
    ("Andersson", "Älva"),
    ("Andersson", "Örjan"),
    ("Bay", "Ida"),
    ("Båth", "Ida"),
    ("Bäck", "Ida"),
    ("Böök", "Ida"),
    ("D'Angelo", "Ugo"),
    ("D’Angelo", "Vera"),
    ("Dahl", "Per"),
    ("De Geer", "Carl"),
    ("de la Gardie", "Ebba"),
    ("Dean", "Joan"),
    ("Edén", "Nils"),
    ("Ek", "Örjan"),
    ("Ek Dahl", "Eva"),
    ("Ek-Dahl", "Eva"),
    ("Ekberg", "Anita"),
    ("Eklund", "Ture"),
    ("Eklöf", "Ture"),
    ("Faraj", "Sara"),
    ("Hyltén", "Gun"),
    ("Håkansson", "Gun"),
    ("Hägg", "Gun"),
    ("Höök", "Gun"),
    ("Lagerlöf", "Selma"),
    ("Ossiannilsson", "Karl"),
    ("Oxenstierna", "Ax"),
    ("Vik", "Ida"),
    ("Voltaire", "Marie"),
    ("von der Heide", "Jan"),
    ("von Essen", "Ada"),
    ("Vonnegut", "Kurt"),
    ("Wall", "Ida"),
    ("Wåhlin", "Ida"),
    ("Ydén", "Ida"),
    ("Zorn", "Anders"),
    ("Åberg", "Ida"),
    ("Ågren", "Ida"),
    ("Åhs", "Ida"),
    ("Äng", "Ida"),
    ("Ärlig", "Ida"),
    ("Öberg", "Ida"),
    ("Ödman", "Ida"),
    ("Östberg", "Ida"),
    ("Österberg", "Ida"),
    ("Öström", "Ida"),
]


def test_sixty_names_sort_as_in_a_register():
    shuffled = GOLDEN[1::2] + GOLDEN[::2]
    assert len(shuffled) == 60
    assert sorted(shuffled, key=lambda name: sort_key(*name)) == GOLDEN


def test_a_key_needs_nothing_but_code_points_to_sort():
    """So that both databases and Python agree, whatever collation a machine has."""
    keys = [sort_key(*name) for name in GOLDEN]
    assert keys == sorted(keys)
    assert keys == sorted(keys, key=lambda key: key.encode())
    assert all(key.isascii() for key in keys)


@pytest.mark.parametrize("name", ["Åsa", "ÖBERG", "Éric", "Ängström Höök"])
def test_letters_written_apart_are_the_same_letters(name):
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    assert sort_key(apart) == sort_key(name)
    assert search_key(apart) == search_key(name)
    assert search_term(apart) == search_term(name)
    assert clean(apart) == name


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Öberg", "oberg"),
        ("ÅSA", "asa"),
        ("José", "jose"),
        ("Strauß", "strauss"),
        ("Łukasz", "lukasz"),
        ("Ağaoğlu", "agaoglu"),
        ("Søren", "soren"),
        ("O’Brien", "o'brien"),
        ("Ek‑Dahl", "ek-dahl"),
        ("  von   der\tHeide ", "von der heide"),
    ],
)
def test_marks_are_folded_away(typed, folded):
    assert fold(typed) == folded


def finds(term, *name):
    return search_term(term) in search_key(*name)


@pytest.mark.parametrize("term", ["Öberg", "öberg", "ÖBERG", "oberg", "berg", "öb", "ob"])
def test_a_part_of_a_name_finds_it_with_and_without_dots(term):
    assert finds(term, "Östen", "Öberg")


@pytest.mark.parametrize(("term", "name"), [("öberg", "Oberg"), ("åberg", "Äberg"), ("oe", "Äng"), ("w", "Vik")])
def test_letters_that_a_swede_tells_apart_are_told_apart(term, name):
    assert not finds(term, name)


def test_one_key_holds_every_spelling_but_no_more_than_needed():
    assert search_key("Åsa", "Öberg") == " åsa öberg | asa oberg | aasa oeberg "
    assert search_key("Bo", "Ek") == " bo ek "


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Yıldız", "Yildiz YILDIZ yıldız Yıldız"),
        ("Işıl", "Isil ISIL Işıl"),
        ("İnce", "Ince İnce ince"),
        ("Kılıç", "Kilic KILIÇ Kılıç"),
        ("Sørensen", "Sörensen Sorensen Soerensen SØRENSEN"),
        ("Sörensen", "Sørensen Sorensen Soerensen"),
        ("Åsa", "Aasa AASA asa"),
        ("Ängla", "Aengla angla"),
        ("Sorensen", "Sørensen"),
        ("Bjørnås", "Björnås Bjornås bjornas"),
        ("Ægir", "Aegir Ägir Agir ÆGIR"),
        ("Ägir", "Ægir Agir"),
        ("Aegir", "Ægir"),
        ("Cœur", "Coeur COEUR cœur"),
        ("Áŋŋe", "Anne ÁŊŊE Áŋŋe"),
        ("Þór", "Thor Tor"),
        ("Sigurð", "Sigurd Sigurđ"),
        ("Đorđević", "Dordevic Djordjevic"),
        ("Łukasz", "Lukasz"),
        ("Strauß", "Strauss STRAUẞ"),
        ("Müller", "Muller Mueller"),
        ("Mueller", "Müller"),
        ("Məmmədov", "Memmedov Mammadov"),
        ("O’Brien", "OBrien O'Brien O´Brien Oʼbrien"),
        ("OBrien", "O'Brien"),
        ("Kaʻahumanu", "Kaahumanu"),
    ],
)
def test_letters_of_their_own_are_found_as_people_type_them(name, typed):
    for word in typed.split():
        assert any(spelled in search_key(name) for spelled in spellings(word)), word


@pytest.mark.parametrize(("word", "name"), [("öberg", "Oberg"), ("sörensen", "Sorensen"), ("åse", "Äse")])
def test_a_swedish_letter_that_is_typed_is_meant(word, name):
    assert not any(spelled in search_key(name) for spelled in spellings(word))


def test_letters_of_their_own_sort_by_their_plain_form():
    names = ["Åhl", "Øst", "Yıldız", "Ydén", "Ægir", "Łach", "Lab", "Thor", "Þór", "Zorn", "Œuf", "Ørsted", "Ärla"]
    told = ["Lab", "Łach", "Œuf", "Thor", "Þór", "Ydén", "Yıldız", "Zorn", "Åhl", "Ægir", "Ärla", "Ørsted", "Øst"]
    assert sorted(names, key=sort_key) == told


def test_one_name_stands_by_that_name():
    assert sort_key("", "Zahra") == sort_key("Zahra", "") == sort_key("Zahra")


def test_every_latin_letter_has_a_plain_form():
    """Finds the next letter of somebody's name that the table lacks: those of Europe's languages."""
    letters = [chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha()]
    letters += "ƀƒơưǥșțəɛɔɖɗɓƙƴʉɨḥṣẓạẽơƶȩ"
    left = [letter for letter in letters if not fold(letter).isascii()]
    assert left == []


@given(st.text(max_size=30))
def test_folding_and_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_what_was_typed_finds_the_name_that_was_typed(text):
    assert finds(text, text)


def test_parts_of_a_name_are_what_follows_each_letter():
    assert name_parts(search_key("Bo", "Ek-Dahl")) == {
        "bo": True, "ek-dahl": True, "k-dahl": False, "-dahl": False, "dahl": True, "ahl": False,
    }  # fmt: skip


LETTERS = st.text(alphabet="aåoøeæß'-|ıŋ.", min_size=1, max_size=6)


@given(st.lists(LETTERS, min_size=3, max_size=3), LETTERS)
def test_a_part_begins_with_a_word_exactly_where_the_key_holds_it(name, typed):
    key = search_key(*name)
    parts = name_parts(key)
    for word in {typed, *(part[:most] for part in parts for most in (1, 4))}:
        begins_something = f" {word}" in key or f"-{word}" in key
        assert any(part.startswith(word) for part, is_start in parts.items() if is_start) is begins_something
        if len(word) >= SHORTEST:
            assert any(part.startswith(word) for part in parts) is (word in key)
