"""Every rule for reading a register, as the rows of small made files."""

from datetime import date
from typing import Any

import pytest

from actionplans.register.reading.fields import Field
from actionplans.register.reading.findings import RegisterRow
from actionplans.register.reading.rows import read_register
from actionplans.register.workbook.sheet import RegisterError
from participants.enums import ExitReason, LivelihoodKind, ReferralSource, Sex
from tests.actionplans.register.builders import (
    PLAIN,
    TODAY,
    empty_row,
    read,
    read_rows,
    register_file,
    workbook,
)


def only_row(**cells: Any) -> RegisterRow:
    register = read(cells)
    assert register.faults == ()
    [row] = register.rows
    return row


def faults_of(*rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.value) for fault in read(*rows).faults]


def test_signs_that_nobody_sees_are_no_part_of_any_cell() -> None:
    """As in the forms: they come along from Word, mail and other programs."""
    said = {
        "Per\u00adsonnr": "\u200e19790214\u2011\u200b2327\u202c",
        "Efternamn": "Öb\u00aderg\u00a0Ek",
        "Förnamn\u200b": "Å\u200bsa\u200e",
        "Kön": "K\u200b",
        "Anvisad från": "\ufeffA\u00adF",
        "Inskriven": "\u200e2011-01\u200b-28\u200f",
        "Heltidssjukskr.": "ja\u200b",
        "Anm.": "rad\u2028ten \uf0b7 \u201ctext\u201d\ufeff",
        "Avslut": "\u200b",
    }
    [row] = read_rows(list(said), list(said.values())).rows
    assert row.personal_number
    assert (row.personal_number.value, row.full_name) == ("197902142327", "Öberg Ek, Åsa")
    assert (row.sex, row.source, row.enrolled_on) == (Sex.FEMALE, ReferralSource.EMPLOYMENT_SERVICE, date(2011, 1, 28))
    assert (row.full_time_sick, row.exited_on, row.note) == (True, None, "rad\nten • “text”")


def test_a_row_is_read_whole() -> None:
    row = only_row(
        **{
            "Heltidssjukskr.": "x",
            "Steg 1 klart": "110301",
            "Steg 2 klart": "-",
            "Steg 4 klart": "2011-05-02",
            "Avslut": "1/6 2011",
            "Orsak": "Arbete",
            "Försörjning före": "Försörjningsstöd 50%, sjukpenning 50%",
            "Försörjning efter": "Lön",
            "Anm.": "ringer själv",
        }
    )
    assert row.personal_number is not None
    assert row.fingerprint_source
    assert row == RegisterRow(
        sheet="Register",
        row=2,
        fingerprint_source=row.fingerprint_source,
        counted_only=False,
        personal_number=row.personal_number,
        family_name="Öberg",
        given_name="Åsa",
        sex=Sex.FEMALE,
        source=ReferralSource.EMPLOYMENT_SERVICE,
        applied_on=date(2011, 1, 10),
        referred_on=date(2011, 1, 20),
        enrolled_on=date(2011, 1, 28),
        assessed_on=date(2011, 2, 3),
        planned_on=date(2011, 2, 8),
        placement="Köket",
        full_time_sick=True,
        cleared=((1, date(2011, 3, 1)), (4, date(2011, 5, 2))),
        exited_on=date(2011, 6, 1),
        exit_reason=ExitReason.WORK,
        livelihood_before=((LivelihoodKind.SOCIAL_ASSISTANCE, 50), (LivelihoodKind.SICKNESS_BENEFIT, 50)),
        livelihood_after=((LivelihoodKind.WAGE, None),),
        note="ringer själv",
        remarks=(),
    )
    assert (row.personal_number.value, row.birth_date) == ("197902142327", date(1979, 2, 14))


def test_only_the_enrolment_day_is_needed() -> None:
    row = only_row(**empty_row(Inskriven="2011-01-28", Efternamn="Öberg"))
    assert (row.personal_number, row.birth_date, row.sex, row.source) == (
        None,
        None,
        Sex.UNKNOWN,
        ReferralSource.UNKNOWN,
    )
    assert (row.full_time_sick, row.cleared, row.exited_on, row.exit_reason) == (None, (), None, None)
    assert row.remarks == ()


def test_an_empty_personal_number_is_no_error() -> None:
    for blank in (None, "", " ", "-", "–"):
        assert only_row(Personnr=blank).personal_number is None


# Refused: contradictions. Enrolled 2011-01-28 in all of them.


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Avslut": "2011-01-27"}, "Avslut", "Avslutet ligger före inskrivningen 2011-01-28"),
        ({"Steg 1 klart": "2011-01-27"}, "Steg 1 klart", "steg 1 ligger före inskrivningen 2011-01-28"),
        ({"Steg 5 klart": "2011-01-27"}, "Steg 5 klart", "steg 5 ligger före inskrivningen 2011-01-28"),
        (
            {"Avslut": "2011-03-01", "Steg 3 klart": "2011-03-02"},
            "Steg 3 klart",
            "steg 3 ligger efter avslutet 2011-03-01",
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(cells: dict[str, Any], column: str, reason: str) -> None:
    register = read({"Kartl. klar": None, "Handlingsplan": None, "Orsak": None} | cells)
    [fault] = register.faults
    assert register.rows == ()
    assert (fault.sheet, fault.row, fault.column, fault.value) == ("Register", 2, column, cells[column])
    assert reason in fault.reason
    assert "Rätta den av dagarna som är fel." in fault.reason


def test_the_enrolment_day_and_the_exit_day_themselves_are_no_contradiction() -> None:
    same_day = dict.fromkeys(["Inskriven", "Avslut", "Kartl. klar", "Handlingsplan", "Steg 1 klart"], "2011-01-28")
    assert only_row(**same_day, Orsak="Annat").cleared == ((1, date(2011, 1, 28)),)


def test_a_higher_step_before_a_lower_is_neither_fault_nor_remark() -> None:
    row = only_row(**{"Steg 2 klart": "2011-03-01", "Steg 1 klart": "2011-04-01"})
    assert (row.cleared, row.remarks) == (((1, date(2011, 4, 1)), (2, date(2011, 3, 1))), ())


@pytest.mark.parametrize(
    ("cells", "remark"),
    [
        (
            {"Avslut": "2011-02-01", "Orsak": "Annat", "Handlingsplan": None},
            "Kartläggningen är gjord efter avslutet.",
        ),
        ({"Avslut": "2011-02-05", "Orsak": "Annat"}, "Handlingsplanen är klar efter avslutet."),
        ({"Kartl. klar": "2011-01-27"}, "Kartläggningen är gjord före inskrivningen."),
        ({"Kartl. klar": None, "Handlingsplan": "2011-01-27"}, "Handlingsplanen är klar före inskrivningen."),
        ({"Handlingsplan": "2011-02-02"}, "Handlingsplanen är klar före kartläggningen."),
        ({"Anv.datum": "2011-01-29"}, "Anvisningen kom efter inskrivningen."),
        ({"Anv.datum": None, "Ansökan": "2011-01-29"}, "Ansökan kom efter inskrivningen."),
        ({"Ansökan": "2011-01-21"}, "Ansökan kom efter anvisningen."),
        ({"Orsak": "Arbete"}, "Orsak till avslut står utan avslutsdag"),
        ({"Försörjning efter": "Lön"}, "Försörjning efter står utan avslutsdag."),
        ({"Avslut": "2011-06-01"}, "Avslutet saknar orsak."),
        ({"Kön": "M"}, "Könet stämmer inte med personnumret."),
        (empty_row(Inskriven="2011-01-28"), "varken namn eller personnummer"),
        ({"Efternamn": None, "Förnamn": None}, "Raden har inget namn."),
    ],
)
def test_other_oddities_are_imported_with_a_remark(cells: dict[str, Any], remark: str) -> None:
    [told] = only_row(**cells).remarks
    assert remark in told


def test_an_exit_without_a_reason_is_unknown_and_a_reason_without_an_exit_is_left_out() -> None:
    assert only_row(Avslut="2011-06-01").exit_reason is ExitReason.UNKNOWN
    assert only_row(Orsak="Arbete").exit_reason is None


def test_the_sex_of_the_column_holds_when_the_number_says_another() -> None:
    assert only_row(Kön="M").sex is Sex.MALE


# Refused: values.


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"Inskriven": None}, "Inskriven", "Inskrivningsdag saknas."),
        ({"Inskriven": "-"}, "Inskriven", "Inskrivningsdag saknas."),
        ({"Inskriven": "mars 2011"}, "Inskriven", "Skriv dagen så här: 2011-01-28"),
        ({"Inskriven": "2012-07-01"}, "Inskriven", "ligger i framtiden"),
        ({"Anv.datum": "2012-07-01"}, "Anv.datum", "ligger i framtiden"),
        ({"Steg 1 klart": "x"}, "Steg 1 klart", "Steget är markerat utan dag"),
        ({"Kön": "?"}, "Kön", "Skriv K eller M"),
        ({"Anvisad från": "grannen"}, "Anvisad från", "anvisare"),
        ({"Personnr": "19701209-9822"}, "Personnr", "Kontrollsiffran"),
        ({"Heltidssjukskr.": "50"}, "Heltidssjukskr.", "varken ja eller nej"),
        ({"Orsak": "se pärm"}, "Orsak", "orsak"),
        ({"Försörjning före": "?"}, "Försörjning före", "försörjning"),
        ({"Kartl. klar": "=A1"}, "Kartl. klar", "formel"),
    ],
)
def test_a_value_that_cannot_stand_refuses_the_row(cells: dict[str, Any], column: str, reason: str) -> None:
    register = read(cells)
    assert register.rows == ()
    [fault] = register.faults
    assert fault.column == column
    assert reason in fault.reason
    assert fault.value == ("" if cells[column] in (None, "=A1") else cells[column])


def test_every_fault_of_a_row_is_told() -> None:
    cells = {"Kön": "?", "Steg 1 klart": "x", "Avslut": "2011-01-01", "Steg 2 klart": "2011-01-02"}
    register = read(cells)
    assert [(fault.column, fault.value) for fault in register.faults] == [
        ("Kön", "?"),
        ("Steg 1 klart", "x"),
        ("Avslut", "2011-01-01"),
        ("Steg 2 klart", "2011-01-02"),
        ("Steg 2 klart", "2011-01-02"),
    ]
    assert register.refused_rows == 1


def test_a_day_that_is_refused_is_not_held_against_the_others() -> None:
    cells = {
        "Inskriven": date(2032, 1, 5),
        "Steg 1 klart": "2011-02-01",
        "Avslut": "2011-03-01",
        "Orsak": "Annat",
    }
    assert faults_of(cells) == [(2, "Inskriven", "2032-01-05")]


# Refused the second time.


def test_a_row_that_stands_twice_is_refused_the_second_time_however_it_is_spelled() -> None:
    twin = {
        "Nr": 2,
        "Personnr": 197902142327,
        "Inskriven": "28/1 2011",
        "Kön": "kvinna",
        "Efternamn": "Öberg ",
    }
    register = read({}, twin, {})
    assert [row.row for row in register.rows] == [2]
    assert [(fault.row, fault.column, fault.value) for fault in register.faults] == [
        (3, "Personnr", "197902142327"),
        (4, "Personnr", "19790214-2327"),
    ]
    assert all("Raden står redan på rad 2." in fault.reason for fault in register.faults)


def test_without_a_number_the_same_row_is_a_double_but_the_same_name_is_not_the_same_person() -> None:
    nobody = {"Personnr": None}
    register = read(nobody, nobody, nobody | {"Inskriven": "2011-01-29"})
    assert [row.row for row in register.rows] == [2, 4]
    [fault] = register.faults
    assert (fault.row, fault.column, fault.value) == (3, "Efternamn", "Öberg")


FIRST_ROUND = {"Inskriven": "2011-01-28", "Avslut": "2011-06-01", "Orsak": "Annat"}


@pytest.mark.parametrize("again", ["2011-06-01", "2011-06-02", "2012-01-01"])
def test_someone_with_two_enrolments_one_after_the_other_has_two(again: str) -> None:
    register = read(FIRST_ROUND, {"Inskriven": again, "Kartl. klar": None, "Handlingsplan": None})
    assert [row.enrolled_on.isoformat() for row in register.rows] == ["2011-01-28", again]
    assert register.faults == ()


def test_the_later_enrolment_may_stand_first() -> None:
    later = {"Inskriven": "2011-06-01", "Kartl. klar": None, "Handlingsplan": None}
    assert len(read(later, FIRST_ROUND).rows) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"Inskriven": "2011-05-01", "Placering": None}),
        (FIRST_ROUND, {"Inskriven": "2011-05-31"}),
        ({"Inskriven": "2011-05-31"}, FIRST_ROUND),
        (FIRST_ROUND, {"Inskriven": "2011-02-01", "Avslut": "2011-03-01", "Orsak": "Annat"}),
        ({"Inskriven": "2011-02-01", "Avslut": "2011-03-01", "Orsak": "Annat"}, FIRST_ROUND),
    ],
)
def test_who_is_enrolled_already_is_refused_the_second_time(first: dict[str, Any], second: dict[str, Any]) -> None:
    free = {"Kartl. klar": None, "Handlingsplan": None, "Anv.datum": None, "Ansökan": None}
    register = read(free | first, free | second)
    assert [row.row for row in register.rows] == [2]
    [fault] = register.faults
    assert (fault.row, fault.column, fault.value) == (3, "Personnr", "19790214-2327")
    assert "redan inskriven enligt rad 2." in fault.reason


def test_a_refused_row_does_not_block_a_later_one() -> None:
    register = read({"Steg 1 klart": "x"}, {}, {"Inskriven": "2011-03-01", "Avslut": "2011-04-01"}, {})
    assert [row.row for row in register.rows] == [3]
    assert [fault.row for fault in register.faults] == [2, 4, 5]
    # Row 5 is the double of row 3, not an enrolment beside the refused row 4.
    assert "Raden står redan på rad 3." in register.faults[-1].reason


def test_rows_of_several_sheets_are_held_against_each_other() -> None:
    headings, line = list(PLAIN), list(PLAIN.values())
    register = read_register(workbook({"2011": [headings, line], "2012": [headings, line]}), today=TODAY)
    [fault] = register.faults
    assert (fault.sheet, fault.row) == ("2012", 2)
    assert "Raden står redan på rad 2 i bladet ”2011”." in fault.reason


# Counted only.


@pytest.mark.parametrize(
    "mark",
    [
        {"Efternamn": "SKYDDAD"},
        {"Efternamn": "Öberg", "Förnamn": "(skyddad)"},
        {"Efternamn": "Sekretess"},
        {"Personnr": "skyddat", "Efternamn": "Skyddad id"},
        {"Anm.": "skyddade uppg., räknas bara"},
        {"Anm.": "Skyddade personuppgifter"},
        {"Anm.": "har sekretessmarkering"},
        {"Anm.": "skyddad"},
        {"Anm.": "fingerade personuppgifter"},
    ],
)
def test_a_person_with_protected_identity_is_only_counted(mark: dict[str, Any]) -> None:
    secret = {"Personnr": "19790214-2327", "Efternamn": "Hemlig", "Förnamn": "Hemlig", "Steg 1 klart": "x"}
    row = only_row(**secret | mark)
    assert row == RegisterRow(
        sheet="Register",
        row=2,
        fingerprint_source=row.fingerprint_source,
        enrolled_on=date(2011, 1, 28),
        counted_only=True,
        sex=Sex.FEMALE,
    )
    assert not any(word in row.fingerprint_source for word in ("Hemlig", "2327", "7902142327", "Köket"))


@pytest.mark.parametrize("note", ["söker skyddat arbete", "skyddad anställning hos Samhall", "skyddsskor behövs"])
def test_sheltered_work_is_not_protected_identity(note: str) -> None:
    assert not only_row(**{"Anm.": note}).counted_only


def test_faults_of_a_protected_person_tell_no_name_or_number() -> None:
    faults = read({"Anm.": "skyddade uppgifter", "Kön": "?", "Inskriven": "igår", "Steg 1 klart": "x"}).faults
    assert [(fault.column, fault.value) for fault in faults] == [("Inskriven", "")]
    assert "igår" not in repr(faults)
    assert "Öberg" not in repr(faults)
    assert "2327" not in repr(faults)


def test_a_protected_person_without_an_enrolment_day_is_refused() -> None:
    assert faults_of({"Efternamn": "SKYDDAD", "Inskriven": None}) == [(2, "Inskriven", "")]


def test_two_protected_persons_are_told_apart_and_a_double_is_not_counted_twice() -> None:
    protected = {"Efternamn": "SKYDDAD", "Personnr": None}
    register = read(protected, protected | {"Placering": "Byggeriet"}, protected | {"Nr": 9})
    assert [row.row for row in register.rows] == [2, 3]
    [fault] = register.faults
    assert (fault.row, fault.column) == (4, "Inskriven")


# Neither imported nor refused.


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"Nr": 7},
        {"Nr": "=ROW()-4"},
        {"Nr": "12", "Steg 1 klart": "-", "Anm.": " "},
        {"Personnr": "Summa"},
        {"Nr": "Summa:", "Inskriven": 144, "Steg 1 klart": 90},
        {"Personnr": "Totalt", "Inskriven": "=COUNTA(H5:H158)"},
        {"Efternamn": "Antal inskrivna", "Inskriven": 144, "Avslut": "antal avslut", "Orsak": "12"},
        {"Personnr": "Personnr", "Efternamn": "Efternamn", "Inskriven": "Inskriven", "Avslut": "Avslut"},
    ],
)
def test_empty_rows_sum_rows_and_repeated_headings_are_neither_imported_nor_refused(
    row: dict[str, Any],
) -> None:
    register = read(empty_row(**row), {})
    assert [row.row for row in register.rows] == [3]
    assert register.faults == ()


def test_someone_who_is_called_something_like_a_sum_is_still_someone() -> None:
    assert only_row(Efternamn="Antal", Förnamn="Total").family_name == "Antal"
    assert faults_of(empty_row(Efternamn="Summanen")) == [(2, "Inskriven", "")]


def test_a_stray_line_of_text_is_told_and_not_dropped() -> None:
    assert faults_of(empty_row(Nr="Våren 2011")) == [(2, "Inskriven", "")]


def test_sheets_without_a_heading_row_are_skipped() -> None:
    content = workbook({"Anteckningar": [["Ring AF"]], "Tom": [], "Register": [list(PLAIN), list(PLAIN.values())]})
    register = read_register(content, today=TODAY)
    assert [(row.sheet, row.row) for row in register.rows] == [("Register", 2)]
    assert register.faults == ()
    assert [(sheet.name, sheet.heading_row) for sheet in register.sheets] == [
        ("Anteckningar", None),
        ("Tom", None),
        ("Register", 1),
    ]


def test_a_file_without_any_register_gives_nothing() -> None:
    register = read_register(workbook({"Anteckningar": [["Ring AF"]]}), today=TODAY)
    assert (register.rows, register.faults, register.unrecognised) == ((), (), ())


def test_a_file_that_cannot_be_read_says_so() -> None:
    with pytest.raises(RegisterError):
        read_register(b"hej", today=TODAY)


# Columns.

STRANGE = (
    ["Namn", "Kön", "Personnr", "När"],
    ["Öberg, Åsa", "K", "19790214-2327", "2011-01-28"],
)


def test_a_column_that_is_not_recognised_is_told_and_can_be_chosen() -> None:
    register = read_rows(*STRANGE)
    [column] = register.unrecognised
    assert (column.sheet, column.column, column.heading) == ("Register", 3, "När")
    [fault] = register.faults
    assert (fault.row, fault.column, fault.value) == (2, "Inskriven", "")
    assert "Välj vilken kolumn" in fault.reason

    register = read_rows(*STRANGE, choices={"Register": {3: Field.ENROLLED_ON}})
    assert (register.unrecognised, register.faults) == ((), ())
    [row] = register.rows
    assert (row.enrolled_on, row.family_name, row.given_name) == (date(2011, 1, 28), "Öberg", "Åsa")
    assert [column.field for column in register.sheets[0].columns] == [
        Field.FULL_NAME,
        Field.SEX,
        Field.PERSONAL_NUMBER,
        Field.ENROLLED_ON,
    ]


def test_a_fault_in_a_chosen_column_is_told_by_its_heading() -> None:
    broken = [*STRANGE[1][:3], "i våras"]
    [fault] = read_rows(STRANGE[0], broken, choices={"Register": {3: Field.ENROLLED_ON}}).faults
    assert (fault.column, fault.value) == ("När", "i våras")


def test_a_whole_name_without_a_comma_is_not_cut_by_guess() -> None:
    [row] = read_rows(["Namn", "Kön", "Inskriven"], ["Hodan von der Åkerö", "K", "2011-01-28"]).rows
    assert (row.family_name, row.given_name) == ("Hodan von der Åkerö", "")
    assert "kan inte delas säkert" in row.remarks[0]


def test_several_columns_of_notes_become_one() -> None:
    [row] = read_rows(["Namn", "Kön", "Inskriven", "Anm.", "Övrigt"], ["A, B", "K", "2011-01-28", "ett", "två"]).rows
    assert row.note == "ett\ntvå"


def test_a_note_of_protection_in_the_second_column_of_notes_counts_too() -> None:
    [row] = read_rows(
        ["Namn", "Kön", "Inskriven", "Anm.", "Övrigt"], ["A, B", "K", "2011-01-28", "ett", "skyddad id"]
    ).rows
    assert (row.counted_only, row.family_name) == (True, "")


# Fingerprints.


def test_the_fingerprint_hangs_on_the_content_and_not_on_where_or_how_it_stands() -> None:
    first = only_row()
    again = read(
        {"Personnr": "19460714-2384", "Inskriven": "2010-10-01"},
        {"Nr": 77, "Inskriven": "110128", "Personnr": " 790214 2327 ", "Anvisad från": "Arbetsförmedlingen"},
    ).rows[-1]
    assert again.row == 3
    assert again.fingerprint_source == first.fingerprint_source


@pytest.mark.parametrize("change", [{"Steg 1 klart": "2011-03-01"}, {"Anm.": "ny"}, {"Efternamn": "Ek"}, {"Kön": None}])
def test_any_change_of_content_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert only_row(**change).fingerprint_source != only_row().fingerprint_source


def test_reading_twice_gives_the_same() -> None:
    content = register_file({}, {"Kön": "?"})
    assert read_register(content, today=TODAY) == read_register(content, today=TODAY)
