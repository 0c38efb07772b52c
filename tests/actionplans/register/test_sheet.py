"""A workbook is read with Excel's own row numbers, and a harmful one is turned away with a reason."""

import io
import random
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from actionplans.register.workbook import sheet as sheet_module
from actionplans.register.workbook.sheet import RegisterError, Sheet, Unreadable, read_sheets
from tests.actionplans.register.builders import ods, saved, workbook

DATA = Path(__file__).parents[2] / "data"


def only_sheet(content: bytes) -> Sheet:
    [sheet] = read_sheets(content)
    return sheet


def test_empty_rows_on_top_and_empty_columns_to_the_left_keep_their_place() -> None:
    sheet = only_sheet(workbook({"Blad": [[], [], [None, "hej"], [], [None, 7]]}))
    assert dict(sheet.numbered_rows()) == {
        1: (None, None),
        2: (None, None),
        3: (None, "hej"),
        4: (None, None),
        5: (None, 7),
    }


def test_cells_keep_their_type() -> None:
    row = ["text", 197902142327, 40571, 1.5, True, date(2011, 1, 28), datetime(2011, 1, 28, 13, 5), None]
    cells = only_sheet(workbook({"Blad": [row]})).rows[0]
    assert cells == ("text", 197902142327, 40571, 1.5, True, date(2011, 1, 28), datetime(2011, 1, 28, 13, 5))


def test_all_sheets_are_read_in_their_order() -> None:
    assert [sheet.name for sheet in read_sheets(workbook({"Å & B": [["x"]], "Tom": [], "C": [["y"]]}))] == [
        "Å & B",
        "Tom",
        "C",
    ]


def test_a_workbook_that_counts_from_1904_says_so_and_its_date_cells_are_right() -> None:
    sheet = only_sheet(workbook({"Blad": [[date(2011, 1, 28)]]}, date_1904=True))
    assert (sheet.date_1904, sheet.rows) == (True, ((date(2011, 1, 28),),))
    assert not only_sheet(workbook({"Blad": [["x"]]})).date_1904


def test_a_formula_without_a_saved_result_and_an_error_are_not_taken_for_empty_cells() -> None:
    first = [None, "x"]
    second = ["=1+1", "#DIV/0!", None, "x"]
    one, two = read_sheets(workbook({"Ett": [first], "Två": [second]}))
    assert one.rows == ((None, "x"),)
    assert two.rows == ((Unreadable("="), Unreadable("#DIV/0!"), None, "x"),)


def test_a_value_merged_over_rows_stands_in_each_of_them() -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["rubrik", None], ["a", 1], [None, 2], [None, 3], ["b", 4]):
        page.append(row)
    page.merge_cells("A1:B1")
    page.merge_cells("A2:A4")
    assert only_sheet(saved(book)).rows == (("rubrik", None), ("a", 1), ("a", 2), ("a", 3), ("b", 4))


def test_old_excel_files_are_read() -> None:
    sheet = only_sheet((DATA / "register.xls").read_bytes())
    assert sheet.rows[2] == ("Personnr", "Efternamn", "Förnamn", "Kön", "Inskriven")
    assert sheet.rows[3][1:] == ("Öberg", "Åsa", "K", date(2011, 1, 28))


def test_opendocument_files_are_read() -> None:
    cell = "table:table-cell office:value-type"
    sheet = only_sheet(
        ods(
            '<table:table table:name="Blad">'
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            f'<table:table-row><{cell}="string"><text:p>Åsa</text:p></table:table-cell>'
            f'<{cell}="date" office:date-value="2011-01-28"/><{cell}="float" office:value="NaN"/>'
            "</table:table-row></table:table>"
        )
    )
    assert dict(sheet.numbered_rows())[3] == ("Åsa", date(2011, 1, 28), Unreadable("nan"))


@pytest.mark.parametrize("content", [b"", b"hej", b"<svg/>", b"%PDF-1.7", b"Personnr;Namn\n"])
def test_what_is_no_workbook_is_turned_away(content: bytes) -> None:
    with pytest.raises(RegisterError, match="ingen arbetsbok"):
        read_sheets(content)


def test_a_damaged_file_is_turned_away() -> None:
    whole = workbook({"Blad": [["a", 1], ["b", 2]]})
    old = (DATA / "register.xls").read_bytes()
    other_zip = io.BytesIO()
    with zipfile.ZipFile(other_zip, "w") as package:
        package.writestr("brev.txt", "hej")
    for content in (whole[:2000], old[:600], old[:8] + b"\0" * 600, other_zip.getvalue()):
        with pytest.raises(RegisterError, match="går inte att läsa"):
            read_sheets(content)


def test_bytes_turned_at_random_never_give_anything_but_a_register_error() -> None:
    dice = random.Random(1)
    whole = (DATA / "register.xls").read_bytes(), workbook({"Blad": [["a", 1], ["b", 2]]})
    outcomes: set[type] = set()
    for _round in range(20):
        content = bytearray(dice.choice(whole))
        for _turn in range(dice.randint(1, 30)):
            content[dice.randrange(8, len(content))] = dice.randrange(256)
        try:
            outcomes.add(type(read_sheets(bytes(content))))
        except RegisterError as error:
            outcomes.add(type(error))
    assert RegisterError in outcomes


def test_a_file_with_a_password_says_so() -> None:
    # What Excel saves then is an old container with the encrypted file as a stream of this name.
    content = (DATA / "register.xls").read_bytes()[:8] + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(RegisterError, match="lösenord"):
        read_sheets(content)


def test_more_than_ten_megabytes_are_turned_away_unread() -> None:
    with pytest.raises(RegisterError, match="för stor"):
        read_sheets(b"PK\x03\x04" + b"\0" * sheet_module.MAX_BYTES)


def test_a_file_that_unpacks_to_far_more_than_it_weighs_is_turned_away() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    with pytest.raises(RegisterError, match="för stor"):
        read_sheets(packed.getvalue())


@pytest.mark.parametrize("corner", ["XFD1048576", "XFD19999"])
def test_one_cell_in_the_far_corner_does_not_take_the_memory_of_the_web_server(corner: str) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "a"
    book.worksheets[0][corner] = "b"
    with pytest.raises(RegisterError, match="för stor"):
        read_sheets(saved(book))


def test_twenty_thousand_rows_are_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MAX_ROWS", 5)
    three = [["x"]] * 3
    assert [len(sheet.rows) for sheet in read_sheets(workbook({"A": three, "B": three[:2]}))] == [3, 2]
    with pytest.raises(RegisterError, match="för stor"):
        read_sheets(workbook({"A": three, "B": three}))
