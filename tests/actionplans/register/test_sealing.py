"""Of a row that is marked as protected nothing is kept but what is counted, wherever and however it is marked."""

import io
import json
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment

from actionplans.register.reading.fields import Field
from actionplans.register.reading.findings import Register, Topic
from actionplans.register.reading.kept import is_kept, pack, sheets_of
from actionplans.register.reading.questions import EVERYONE, NOBODY
from actionplans.register.reading.rows import read_register
from actionplans.register.reading.sealing import sealed
from participants.enums import Sex
from tests.actionplans.register.builders import PLAIN, TODAY, read, read_rows, register_file, saved, workbook
from tests.actionplans.register.test_marking import DOUBTFUL, SURE

CASES = Path(__file__).parents[2] / "data" / "register"
SECRET = {"Personnr": "19790214-2327", "Efternamn": "Hemligström", "Förnamn": "Hannelore", "Placering": "Kafé Solsidan"}
CLUES = ("2327", "Hemligström", "Hannelore", "Solsidan", "1979")
# Each can carry the word; running number and days of the person can't be made unreadable without another fault.
COLUMNS = [name for name in PLAIN if name != "Inskriven"]


def read_case(name: str, **options: Any) -> Register:
    return read_register((CASES / name).read_bytes(), today=TODAY, **options)


def kept(content: bytes) -> str:
    """What is stored of a file while it waits, unpacked."""
    packed = pack(sheets_of(content), lambda seal: "keyed")
    assert is_kept(packed)
    return zlib.decompress(packed.partition(b"\n")[2]).decode()


def with_comment(content: bytes, cell: str, text: str) -> bytes:
    book = load_workbook(io.BytesIO(content))
    book.worksheets[0][cell].comment = Comment(text, "Ada")
    return saved(book)


class TestAMarkAnywhereInTheRow:
    @settings(max_examples=20)
    @given(st.sampled_from(SURE), st.sampled_from(COLUMNS))
    def test_makes_it_counted_only_and_leaves_no_name_or_number(self, text: str, column: str) -> None:
        content = register_file(SECRET | {column: text})
        register = read_register(content, today=TODAY)
        [row] = register.rows
        assert (row.counted_only, row.enrolled_on, register.faults) == (True, date(2011, 1, 28), ())
        assert row.sex == (Sex.UNKNOWN if column == "Kön" else Sex.FEMALE)
        for clue in CLUES:
            assert clue not in repr(register)
            assert clue not in kept(content)

    @settings(max_examples=10)
    @given(st.sampled_from(SURE), st.sampled_from(["A2", "C2", "V2", "H2"]))
    def test_so_does_a_comment_on_any_of_its_cells(self, text: str, cell: str) -> None:
        content = with_comment(register_file(SECRET), cell, text)
        register = read_register(content, today=TODAY)
        assert [row.counted_only for row in register.rows] == [True]
        assert not [clue for clue in CLUES if clue in repr(register) + kept(content)]

    def test_so_does_a_column_that_isnt_recognised(self) -> None:
        rows = [[*PLAIN, "Skostorlek"], [*(PLAIN | SECRET).values(), "skyddad"], [*PLAIN.values(), "38"]]
        register = read_rows(*rows)
        assert [(row.row, row.counted_only) for row in register.rows] == [(2, True), (3, False)]

    @pytest.mark.parametrize("text", DOUBTFUL)
    def test_that_isnt_sure_is_refused_without_showing_it(self, text: str) -> None:
        register = read(SECRET | {"Anm.": f"Hannelore: {text}"})
        [fault] = register.faults
        assert (register.rows, fault.column, fault.value) == ((), "Anm.", "")
        assert "Är personen skyddad" in fault.reason
        assert not [clue for clue in CLUES if clue in repr(register)]

    def test_and_no_day_to_count_it_by_is_refused_without_showing_it(self) -> None:
        register = read(SECRET | {"Anm.": "skyddad", "Inskriven": "Hannelore kom i mars"})
        [fault] = register.faults
        assert (fault.row, fault.column, fault.value) == (2, "Inskriven", "")
        assert not [clue for clue in CLUES if clue in repr(register)]


class TestTheFilesOfTheTrial:
    def test_a_column_of_its_own(self) -> None:
        register = read_case("skydd_egen_kolumn.xlsx")
        assert {row.row: row.counted_only for row in register.rows} == {2: True, 3: True, 4: False, 5: True}

    def test_in_words(self) -> None:
        register = read_case("skydd_i_ord.xlsx")
        assert {row.row: row.counted_only for row in register.rows} == dict.fromkeys(range(2, 20), True)
        assert register.faults == ()
        assert "rad 2 (en kommentar vid Efternamn)" in register.marked
        assert "rad 9 (Orsak)" in register.marked

    def test_the_number_of_the_national_statistics(self) -> None:
        register = read_case("skydd_tf29.xlsx")
        assert {row.row: row.counted_only for row in register.rows} == {2: True, 3: True, 4: False}

    def test_comments_are_told_with_their_cells(self) -> None:
        register = read_case("kommentarer.xlsx")
        assert {row.row: row.counted_only for row in register.rows} == {2: False, 3: False, 4: True}
        [told] = register.told
        assert "H2, M3, C4" in told

    def test_an_old_file_with_errors_and_a_comment_that_asks(self) -> None:
        register = read_case("fel_och_kommentar.xls")
        assert [(fault.row, fault.column) for fault in register.faults] == [
            (2, "En kommentar vid Efternamn"), (3, "Avslut"), (4, "Steg 1 klart"), (5, "Personnr"), (6, "Kön"),
        ]  # fmt: skip
        assert (register.rows, register.marked) == ((), ())

    def test_two_columns_of_one_meaning_are_asked_about_and_nothing_can_be_imported_before(self) -> None:
        register = read_case("tva_kolumner_samma_sak.xlsx")
        assert [question.columns for question in register.questions] == [(4, 5), (6, 7)]
        assert (register.rows, register.faults) == ((), ())
        chosen = {4: Field.IGNORE, 6: Field.IGNORE}
        register = read_case("tva_kolumner_samma_sak.xlsx", choices={"Deltagare": chosen})
        assert register.questions == ()
        assert [(row.enrolled_on, row.exited_on) for row in register.rows] == [
            (date(2011, 3, 15), None),
            (date(2011, 3, 15), date(2011, 6, 1)),
        ]

    def test_one_number_on_two_names(self) -> None:
        register = read_case("samma_nummer_tva_personer.xlsx")
        [fault] = register.faults
        assert (fault.row, fault.column) == (3, "Personnr")
        assert fault.reason.startswith("Samma nummer som rad 2 men ett annat namn.")

    def test_cells_without_their_place(self) -> None:
        register = read_case("celler_utan_adress.xlsx")
        assert [row.row for row in register.rows] == [2]
        assert [(fault.row, fault.column, fault.value) for fault in register.faults] == [(3, "Avslut", "#N/A")]


class TestAColumnAboutProtection:
    def test_can_be_chosen_by_hand(self) -> None:
        rows = [[*PLAIN, "Sk."], [*(PLAIN | SECRET).values(), "x"], [*(PLAIN | {"Personnr": None}).values(), "nej"]]
        content = workbook({"Register": rows})
        assert [row.counted_only for row in read_register(content, today=TODAY).rows] == [False, False]
        chosen = {len(PLAIN): Field.PROTECTION}
        again = pack([sealed(sheet, chosen) for sheet in sheets_of(content)], lambda seal: "keyed")
        register = read_register(again, today=TODAY, choices={"Register": chosen})
        assert [row.counted_only for row in register.rows] == [True, False]
        assert not [clue for clue in CLUES if clue in zlib.decompress(again.partition(b"\n")[2]).decode()]

    @pytest.mark.parametrize(
        ("cell", "outcome"),
        [("x", "counted"), ("ja", "counted"), (1, "counted"), (True, "counted"), ("Sekretess", "counted"),
         ("?", "refused"), ("#N/A", "refused"), (None, "imported"), ("nej", "imported"), (0, "imported"),
         (False, "imported"), ("-", "imported"), ("ej skyddad", "imported"), ("nej (se anm)", "counted")],
    )  # fmt: skip
    def test_anything_but_a_no_is_a_yes(self, cell: Any, outcome: str) -> None:
        register = read_rows([*PLAIN, "Skyddade uppgifter"], [*(PLAIN | SECRET).values(), cell])
        found = "refused" if register.faults else "counted" if register.rows[0].counted_only else "imported"
        assert found == outcome


class TestMarksOutsideTheRows:
    def sheet(self, *rows: list[Any], title: str = "Projekt") -> bytes:
        return workbook({"Register": [[title], list(PLAIN), list((PLAIN | SECRET).values()), *rows]})

    @pytest.mark.parametrize(
        "content",
        [
            lambda self: self.sheet(["* = skyddad identitet"]),
            lambda self: self.sheet(title="Deltagare med skyddade personuppgifter"),
            lambda self: self.sheet(["Antal skyddade", 3]),
            lambda self: with_comment(self.sheet(), "C2", "x betyder skyddad"),
        ],
        ids=["a legend", "a title", "a sum", "a comment on a heading"],
    )
    def test_are_asked_about_before_anything_can_be_imported(self, content: Any) -> None:
        file = content(self)
        register = read_register(file, today=TODAY)
        [question] = register.questions
        assert (question.topic, register.rows) == (Topic.LOOSE, ())
        answered = read_register(file, today=TODAY, answers={"Register": {Topic.LOOSE: NOBODY}})
        assert [row.counted_only for row in answered.rows] == [False]

    def test_can_be_about_everybody(self) -> None:
        everybody = [sealed(sheet, everyone=True) for sheet in sheets_of(self.sheet(title="Skyddade"))]
        again = pack(everybody, lambda seal: "keyed")
        register = read_register(again, today=TODAY, answers={"Register": {Topic.LOOSE: EVERYONE}})
        assert [row.counted_only for row in register.rows] == [True]
        assert not [clue for clue in CLUES if clue in zlib.decompress(again.partition(b"\n")[2]).decode()]


class TestTheKeptFile:
    def test_is_read_as_the_file_itself(self) -> None:
        content = (CASES.parent / "deltagarforteckning.xlsx").read_bytes()
        again = pack(sheets_of(content), lambda seal: seal)
        first, second = read_register(content, today=TODAY), read_register(again, today=TODAY)
        assert [row.fingerprint_source for row in second.rows if not row.counted_only] == [
            row.fingerprint_source for row in first.rows if not row.counted_only
        ]
        assert (second.faults, second.unrecognised, second.sheets) == (first.faults, first.unrecognised, first.sheets)

    def test_keeps_nothing_of_a_sheet_that_is_no_register(self) -> None:
        content = workbook({"Register": [list(PLAIN), list(PLAIN.values())], "Lapp": [["Ring Åsa på 070-1234567"]]})
        assert "070" not in kept(content)

    def test_has_a_keyed_seal_that_stays(self) -> None:
        content = register_file(SECRET | {"Anm.": "skyddad"})
        once = pack(sheets_of(content), lambda seal: f"key({len(seal)})")
        twice = pack(sheets_of(once), lambda seal: "another")
        assert [list(sheet.seals.values()) for sheet in sheets_of(twice)] == [["=key(64)"]]

    def test_of_the_same_row_has_the_same_seal_whatever_the_columns_are_said_to_be(self) -> None:
        [sheet] = sheets_of(register_file(SECRET | {"Anm.": "skyddad"}))
        [chosen] = [
            sealed(found, {0: Field.IGNORE}) for found in sheets_of(register_file(SECRET | {"Anm.": "skyddad"}))
        ]
        assert sheet.seals == chosen.seals
        assert json.dumps(list(sheet.seals)) == "[2]"
