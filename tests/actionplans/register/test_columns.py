"""The heading row is found and its columns recognised; what isn't recognised can be chosen."""

import pytest

from actionplans.register.reading.columns import Heading, find_heading
from actionplans.register.reading.fields import Field, field_for
from actionplans.register.workbook.limits import letters
from actionplans.register.workbook.sheet import Sheet


def heading_of(*rows: tuple[str | int | None, ...], chosen: dict[int, Field] | None = None) -> Heading | None:
    return find_heading(Sheet("Blad", rows), chosen)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nr", Field.NUMBER),
        ("Personnr", Field.PERSONAL_NUMBER),
        ("PERSONNUMMER", Field.PERSONAL_NUMBER),
        ("Pers.nr", Field.PERSONAL_NUMBER),
        ("Efternamn", Field.FAMILY_NAME),
        ("Förnamn ", Field.GIVEN_NAME),
        ("Fo\u0308rnamn", Field.GIVEN_NAME),
        ("Namn", Field.FULL_NAME),
        ("Kön:", Field.SEX),
        ("Anvisad från", Field.SOURCE),
        ("Ansökningsdatum", Field.APPLIED_ON),
        ("Anv.datum", Field.REFERRED_ON),
        ("Anv. datum", Field.REFERRED_ON),
        ("Inskriven", Field.ENROLLED_ON),
        ("Inskr.datum", Field.ENROLLED_ON),
        ("Kartl. klar", Field.ASSESSED_ON),
        ("Handlingsplan", Field.PLANNED_ON),
        ("Placering", Field.PLACEMENT),
        ("Heltidssjukskr.", Field.FULL_TIME_SICK),
        ("Steg 1 klart", Field.STEP_1),
        ("Steg 2", Field.STEP_2),
        ("steg 3 klarat den", Field.STEP_3),
        ("Steg 4\nklart", Field.STEP_4),
        ("STEG 5 DATUM", Field.STEP_5),
        ("Avslut", Field.EXITED_ON),
        ("Orsak", Field.EXIT_REASON),
        ("Försörjning före", Field.LIVELIHOOD_BEFORE),
        ("Försörjning efter", Field.LIVELIHOOD_AFTER),
        ("Anm.", Field.NOTE),
        ("Steg 6 klart", None),
        ("Steg 1 mål", None),
        ("Telefon", None),
        ("", None),
    ],
)
def test_headings_are_known_however_they_are_spelled(heading: str, field: Field | None) -> None:
    assert field_for(heading) is field


@pytest.mark.parametrize("field", [field for field in Field if field is not Field.IGNORE])
def test_the_name_shown_for_a_field_is_also_understood_as_a_heading(field: Field) -> None:
    assert field_for(field.label) is field


def test_the_heading_is_found_under_a_title_block() -> None:
    heading = heading_of(
        ("Deltagarförteckning", None, None, None),
        ("Kön anges alltid", None, None, None),
        (None, None, None, None),
        ("Nr", "Namn", "Kön", "Inskriven"),
        (1, "Öberg, Åsa", "K", "2011-01-28"),
    )
    assert heading is not None
    assert heading.row == 4
    assert heading.recognised == {0: Field.NUMBER, 1: Field.FULL_NAME, 2: Field.SEX, 3: Field.ENROLLED_ON}
    assert heading.unrecognised == ()


@pytest.mark.parametrize(
    "rows",
    [(), ((None,),), (("Ring AF om platserna i höst",),), (("Namn", "Telefon", "Kön"), ("Öberg", "1", "K"))],
)
def test_a_sheet_with_fewer_than_three_known_headings_is_no_register(
    rows: tuple[tuple[str | None, ...], ...],
) -> None:
    assert heading_of(*rows) is None


HEADINGS = ("Namn", "Kön", "Inskriven", "Telefon", None, None)
FIRST = ("Öberg, Åsa", "K", "2011-01-28", "0", "hej", None)


def test_columns_in_use_that_say_nothing_known_are_told_and_empty_ones_are_not() -> None:
    heading = heading_of(HEADINGS, FIRST)
    assert heading is not None
    assert heading.unrecognised == ((3, "Telefon"), (4, "Kolumn E"))


def test_what_the_user_chooses_wins_over_the_heading() -> None:
    heading = heading_of(HEADINGS, FIRST, chosen={3: Field.IGNORE, 4: Field.NOTE, 2: Field.REFERRED_ON})
    assert heading is not None
    assert heading.unrecognised == ()
    assert heading.column_of(Field.REFERRED_ON) == 2
    assert heading.column_of(Field.ENROLLED_ON) is None
    assert heading.column_of(Field.NOTE) == 4


def test_a_chosen_column_takes_its_field_from_the_one_with_the_words() -> None:
    heading = heading_of(HEADINGS, FIRST, chosen={4: Field.ENROLLED_ON, 9: Field.NOTE})
    assert heading is not None
    assert heading.column_of(Field.ENROLLED_ON) == 4
    assert heading.unrecognised == ((2, "Inskriven"), (3, "Telefon"))


def test_of_two_columns_of_one_meaning_both_are_asked_about_but_notes_may_repeat() -> None:
    heading = heading_of(("Namn", "Kön", "Inskriven", "Inskriven", "Anm.", "Kommentar"))
    assert heading is not None
    assert heading.unrecognised == ((2, "Inskriven"), (3, "Inskriven"))
    assert heading.doubled == ((Field.ENROLLED_ON, (2, 3)),)
    assert [field for field in heading.recognised.values() if field is Field.NOTE] == [Field.NOTE, Field.NOTE]


def test_a_fault_names_the_heading_as_the_file_spells_it() -> None:
    heading = heading_of(("Namn", "Kön", " Inskr.\ndatum "))
    assert heading is not None
    assert heading.text_of(Field.ENROLLED_ON) == "Inskr. datum"
    assert heading.text_of(Field.EXITED_ON) == "Avslutad"


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_excel(column: int, letter: str) -> None:
    assert letters(column) == letter
