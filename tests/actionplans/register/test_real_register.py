"""A coordinator's register, as it lies in tests/data. What is asserted here was read off the sheet by eye."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from actionplans.register.reading.findings import Register, RegisterRow
from actionplans.register.reading.rows import read_register
from participants.enums import ExitReason, LivelihoodKind, ReferralSource, Sex

FILE = Path(__file__).parents[2] / "data" / "deltagarforteckning.xlsx"
SHEET = "Deltagare 2010-12"

# Row, column, value, a telling part of the reason.
REFUSED = [
    (16, "Personnr", "19701209-9822", "Kontrollsiffran stämmer inte"),
    (24, "Inskriven", "mars 2011", "går inte att läsa som en dag"),
    (32, "Steg 1 klart", "2011-02-09", "före inskrivningen 2011-03-21"),
    (40, "Avslut", "2011-09-23", "före inskrivningen 2011-09-26"),
    (40, "Steg 1 klart", "2011-12-27", "efter avslutet 2011-09-23"),
    (48, "Steg 1 klart", "x", "markerat utan dag"),
    (56, "Inskriven", "", "Inskrivningsdag saknas"),
    (80, "Inskriven", "2032-01-05", "i framtiden"),
    (88, "Kön", "?", "kön"),
    (106, "Personnr", "5204199896", "står redan på rad 105"),
    (128, "Personnr", "19620518-9829", "redan inskriven enligt rad 5"),
]
REFUSED_ROWS = {row for row, *_rest in REFUSED}
PROTECTED_ROW = 96
FIRST_ROW, LAST_ROW = 5, 158


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(FILE.read_bytes(), today=date(2026, 11, 22))


def row(register: Register, number: int) -> RegisterRow:
    [found] = [row for row in register.rows if row.row == number]
    return found


def test_the_refused_rows_are_told_with_row_column_value_and_reason(register: Register) -> None:
    assert [(fault.row, fault.column, fault.value) for fault in register.faults] == [
        (row, column, value) for row, column, value, _reason in REFUSED
    ]
    for fault, (*_place, reason) in zip(register.faults, REFUSED, strict=True):
        assert fault.sheet == SHEET
        assert reason in fault.reason
    assert register.refused_rows == 10


def test_every_other_row_is_accepted_and_one_of_them_only_counted(register: Register) -> None:
    expected = set(range(FIRST_ROW, LAST_ROW + 1)) - REFUSED_ROWS
    assert {row.row for row in register.rows} == expected
    assert [row.row for row in register.rows if row.counted_only] == [PROTECTED_ROW]
    assert len(register.enrolments) == 143


def test_the_day_of_the_import_does_not_matter_once_the_register_is_closed(register: Register) -> None:
    earlier = read_register(FILE.read_bytes(), today=date(2012, 6, 30))
    assert (earlier.rows, earlier.faults) == (register.rows, register.faults)


def test_all_columns_are_recognised_and_the_sheet_of_notes_is_skipped(register: Register) -> None:
    assert register.unrecognised == ()
    assert [(sheet.name, sheet.heading_row, len(sheet.columns)) for sheet in register.sheets] == [
        (SHEET, 4, 22),
        ("Anteckningar", None, 0),
    ]


def test_the_protected_person_is_a_woman_of_2011_and_nothing_more(register: Register) -> None:
    protected = row(register, PROTECTED_ROW)
    assert (protected.sex, protected.enrolled_on.year) == (Sex.FEMALE, 2011)
    assert (protected.family_name, protected.note, protected.personal_number) == ("", "", None)


def test_only_the_plan_made_after_the_exit_earns_a_remark(register: Register) -> None:
    assert {row.row: row.remarks for row in register.rows if row.remarks} == {
        101: ("Handlingsplanen är klar efter avslutet.",)
    }


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (5, "196205189829"),  # 620518-9829
        (7, "196303122359"),  # 19630312-2359
        (9, "197902142327"),  # a number cell
        (10, "195705082369"),  # twelve digits as text
        (18, "196405162352"),  # blanks for the dash
        (73, "195012139878"),  # ten digits without a dash
        (65, "198009782346"),  # a coordination number
    ],
)
def test_numbers_in_all_spellings(register: Register, number: int, value: str) -> None:
    found = row(register, number).personal_number
    assert found is not None
    assert found.value == value


def test_the_person_without_a_number_is_there(register: Register) -> None:
    assert (row(register, 64).personal_number, row(register, 64).family_name) == (None, "Ärlig")


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (5, date(2011, 11, 14)),  # a date cell
        (7, date(2010, 10, 27)),  # 2010-10-27
        (11, date(2010, 11, 30)),  # 40512
        (19, date(2010, 12, 31)),  # 101231
        (27, date(2011, 3, 25)),  # 25/3 2011
    ],
)
def test_days_in_all_spellings(register: Register, number: int, day: date) -> None:
    assert row(register, number).enrolled_on == day


def test_names_lose_trailing_blanks_and_decomposed_letters(register: Register) -> None:
    assert (row(register, 72).family_name, row(register, 72).given_name) == ("\u00c5kesson", "\u00c5sa")
    assert row(register, 73).family_name == "Hassan"
    assert all(row.family_name == " ".join(row.family_name.split()) for row in register.rows)


def test_the_person_who_came_back_has_two_enrolments(register: Register) -> None:
    first, second = row(register, 7), row(register, 117)
    assert first.personal_number == second.personal_number
    assert (first.exited_on, second.enrolled_on) == (date(2011, 1, 28), date(2011, 3, 29))
    assert Counter(row.personal_number for row in register.enrolments if row.personal_number).most_common(2)[1][1] == 1


def test_a_row_with_everything(register: Register) -> None:
    found = row(register, 122)
    assert (found.given_name, found.family_name, found.sex) == ("Birgitta", "Östlund", Sex.FEMALE)
    assert found.birth_date == date(1948, 4, 5)
    assert (found.source, found.referred_on) == (ReferralSource.SOCIAL_SERVICES, date(2011, 4, 29))
    assert (found.enrolled_on, found.assessed_on, found.planned_on) == (
        date(2011, 4, 29),
        date(2011, 6, 1),
        date(2011, 6, 7),
    )
    assert (found.placement, found.full_time_sick) == ("Byggeriet", None)
    assert found.cleared == (
        (1, date(2011, 6, 26)),
        (2, date(2011, 9, 14)),
        (3, date(2011, 10, 11)),
        (4, date(2011, 12, 22)),
        (5, date(2012, 1, 8)),
    )
    assert (found.exited_on, found.exit_reason) == (date(2012, 1, 9), ExitReason.STUDIES)
    assert found.livelihood_before == (
        (LivelihoodKind.SOCIAL_ASSISTANCE, 50),
        (LivelihoodKind.SICKNESS_BENEFIT, 50),
    )
    assert found.livelihood_after == ((LivelihoodKind.SOCIAL_ASSISTANCE, None),)
