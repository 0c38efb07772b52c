"""What isn't in a cell's value is seen all the same: errors, comments, what is hidden, texts outside the cells."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from actionplans.register.workbook.sheet import MarkedRow, RegisterError, Sheet, Unreadable, read_sheets
from tests.actionplans.register import hostile
from tests.actionplans.register.builders import ods, saved
from tests.actionplans.register.old_excel import (
    cell,
    comment,
    footer,
    hidden_columns,
    hidden_row,
    record,
    table,
    wide,
    xls,
)

CASES = Path(__file__).parents[2] / "data" / "register"
_CELL = "table:table-cell"
_EXTRA = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def only(content: bytes) -> Sheet:
    [sheet] = read_sheets(content)
    return sheet


def of_book(fill: Any) -> Sheet:
    """A sheet of openpyxl's, filled by a function."""
    book = Workbook()
    page = book.worksheets[0]
    page["A1"] = "a"
    page["B3"] = "b"
    fill(page)
    return only(saved(book))


def ods_of(rows: str, before: str = "", attributes: str = "") -> bytes:
    return ods(f'{before}<table:table table:name="B" {attributes}>{rows}</table:table>')


class TestErrors:
    def test_of_an_old_excel_file_are_no_empty_cells(self) -> None:
        sheet = only((CASES / "fel_och_kommentar.xls").read_bytes())
        found = {(row, at): value for row, cells in sheet.numbered_rows() for at, value in enumerate(cells)}
        assert {place: value.text for place, value in found.items() if isinstance(value, Unreadable)} == {
            (3, 17): "#N/A",
            (4, 12): "#DIV/0!",
            (5, 1): "#VALUE!",
            (6, 4): "#NAME?",
        }

    @pytest.mark.parametrize("value", ["#N/A", "=#REF!", "#NULL!"])
    def test_of_a_formula_or_by_itself(self, value: str) -> None:
        assert only(xls({"B": table([["x", value, "y"]])})).rows == (("x", Unreadable(value.lstrip("=")), "y"),)

    def test_of_cells_that_dont_say_where_they_stand(self) -> None:
        sheet = only((CASES / "celler_utan_adress.xlsx").read_bytes())
        assert sheet.rows[2][17] == Unreadable("#N/A")
        raw = hostile.data(
            '<row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row><row r="4"><c r="B4" t=\'e\'><v>#NUM!</v></c></row>'
        )
        assert only(hostile.package({"B": raw})).rows == (
            (1, Unreadable("#REF!")), (None, None), (None, None), (None, Unreadable("#NUM!")),
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("attributes", "shown"),
        [
            (f'{_EXTRA} office:value-type="string" office:string-value="" calcext:value-type="error"', "#N/A"),
            ('table:formula="of:=NA()" office:value-type="float" office:value="0"', "#N/A"),
            ('table:formula="of:=1/0" office:value-type="string" office:string-value=""', "Err:502"),
        ],
    )
    def test_of_opendocument_however_they_are_saved(self, attributes: str, shown: str) -> None:
        error = f"<{_CELL} {attributes}><text:p>{shown}</text:p></{_CELL}>"
        word = f'<{_CELL} office:value-type="string"><text:p>x</text:p></{_CELL}>'
        [row] = only(ods_of(f"<table:table-row>{word}{error}{word}</table:table-row>")).rows
        assert (row[0], type(row[1]), row[2]) == ("x", Unreadable, "x")

    def test_that_were_pasted_as_text(self) -> None:
        sheet = of_book(lambda page: page.append(["#SAKNAS!", "#1", "#N/A "]))
        assert sheet.rows[-1] == (Unreadable("#SAKNAS!"), "#1", Unreadable("#N/A"))


class TestComments:
    def test_of_all_three_kinds_are_found_with_their_cells_and_mark_their_row(self) -> None:
        def fill(page: Any) -> None:
            page["B3"].comment = Comment("Skyddad identitet", "Ada")
            page["A1"].comment = Comment("Bara en hälsning", "Ada")

        note = "<office:annotation><text:p>Skyddad</text:p><text:p>identitet</text:p></office:annotation>"
        cells = f'<{_CELL} office:value-type="string">{note}<text:p>b</text:p></{_CELL}>'
        for sheet, places, row, column in (
            (of_book(fill), ((1, 0), (3, 1)), 3, 1),
            (only(xls({"B": table([["a", "b"]]) + comment(1, 0, 1, "Skyddad identitet, å")})), ((1, 1),), 1, 1),
            (only(ods_of(f"<table:table-row>{cells}</table:table-row>")), ((1, 0),), 1, 0),
        ):
            assert sheet.comments == places
            assert sheet.marks == {row: (MarkedRow(column, in_comment=True, is_sure=True),)}

    def test_its_words_are_no_part_of_the_cell(self) -> None:
        note = "<office:annotation><text:p>Skyddad</text:p></office:annotation>"
        cells = f'<{_CELL} office:value-type="string">{note}<text:p>b</text:p></{_CELL}>'
        assert only(ods_of(f"<table:table-row>{cells}</table:table-row>")).rows == (("b",),)

    def test_of_the_new_kind_with_answers(self) -> None:
        kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        sheet = only(
            hostile.package(
                {"B": hostile.data("<row><c><v>1</v></c></row>")},
                extra={
                    "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships><Relationship Id="t" '
                    f'Type="{kind}" Target="../threadedComments/t1.xml"/></Relationships>',
                    "xl/threadedComments/t1.xml": "<ThreadedComments><threadedComment ref='A1'><text>sekretess"
                    "</text></threadedComment></ThreadedComments>",
                },
            )
        )
        assert sheet.marks == {1: (MarkedRow(0, in_comment=True, is_sure=True),)}

    def test_on_a_merged_cell_is_about_all_its_rows(self) -> None:
        def fill(page: Any) -> None:
            page.merge_cells("A1:A3")
            page["A1"].comment = Comment("sekr.", "Ada")

        assert sorted(of_book(fill).marks) == [1, 2, 3]

    def test_the_words_shown_over_a_link_are_read_as_one(self) -> None:
        def fill(page: Any) -> None:
            page["B3"].hyperlink = "https://exempel.example"
            page["B3"].hyperlink.tooltip = "Skyddad adress"

        assert of_book(fill).marks == {3: (MarkedRow(1, in_comment=True, is_sure=True),)}


class TestHidden:
    def test_sheets_rows_and_columns_of_each_kind_of_file(self) -> None:
        def fill(page: Any) -> None:
            page.row_dimensions[3].hidden = True
            page.column_dimensions["B"].hidden = True

        word = f'<{_CELL} office:value-type="string"><text:p>x</text:p></{_CELL}>'
        rows = (
            '<table:table-column/><table:table-column table:visibility="collapse"/>'
            f"<table:table-row>{word}{word}</table:table-row>"
            f'<table:table-row table:number-rows-repeated="2" table:visibility="filter">{word}</table:table-row>'
        )
        of_ods = only(ods_of(rows))
        of_xls = only(xls({"B": table([["x", "y"], ["z"]]) + hidden_row(1) + hidden_columns(1, 255)}))
        assert (of_book(fill).hidden_rows, of_book(fill).hidden_columns) == ({3}, {1})
        assert (of_ods.hidden_rows, of_ods.hidden_columns) == ({2, 3}, {1})
        assert (of_xls.hidden_rows, of_xls.hidden_columns) == ({2}, {1})

    def test_sheets(self) -> None:
        book = Workbook()
        book.create_sheet("Gömt").sheet_state = "hidden"
        book.create_sheet("Helt gömt").sheet_state = "veryHidden"
        assert [sheet.is_hidden for sheet in read_sheets(saved(book))] == [False, True, True]
        parts = {"A": table([["x"]]), "B": table([["y"]])}
        assert [sheet.is_hidden for sheet in read_sheets(xls(parts, hidden=["B"]))] == [False, True]
        style = (
            '<style:style xmlns:style="s" style:name="ta" style:family="table">'
            '<style:table-properties table:display="false"/></style:style>'
        )
        assert only(ods_of("<table:table-row/>", before=style, attributes='table:style-name="ta"')).is_hidden


class TestTextsOutsideTheCells:
    def test_are_told_by_their_kind_of_place_and_not_by_what_they_say(self) -> None:
        def fill(page: Any) -> None:
            page.oddFooter.center.text = "Åsa Öberg är skyddad"
            page.title = "Skyddade"

        assert of_book(fill).loose == ("bladets namn", "sidhuvud eller sidfot")
        drawn = comment(2, 0, 0, "Lund, Ebba: sekretess", 0x06)
        assert only(xls({"B": table([["x"]]) + drawn + footer("hemlig adress")})).loose == (
            "en textruta", "sidhuvud eller sidfot",
        )  # fmt: skip

    def test_that_say_nothing_about_protection_arent(self) -> None:
        def fill(page: Any) -> None:
            page.oddFooter.center.text = "Sida &P"

        assert of_book(fill).loose == ()

    def test_a_text_box_of_opendocument(self) -> None:
        box = "<draw:text-box><text:p>Skyddad: rad 3</text:p></draw:text-box>"
        frame = f"<table:shapes><draw:frame xmlns:draw='d'>{box}</draw:frame></table:shapes>"
        word = f'<{_CELL} office:value-type="string"><text:p>x</text:p></{_CELL}>'
        assert only(ods_of(f"{frame}<table:table-row>{word}</table:table-row>")).loose == ("en textruta",)


def test_an_old_file_with_a_password_says_so() -> None:
    with pytest.raises(RegisterError, match="lösenord"):
        read_sheets(xls({"B": table([["x"]])}, globals_=record(0x2F, b"\0" * 6)))


def test_a_comment_whose_words_are_gone_is_no_reason_to_go_on() -> None:
    note = record(0x1C, b"\0\0\0\0\0\0\x09\0\0\0\0\0")
    with pytest.raises(RegisterError, match="går inte att läsa"):
        read_sheets(xls({"B": cell(0, 0, "a") + note}))


def test_texts_of_old_files_are_read_in_both_widths() -> None:
    sheet = only(xls({"Åäö €": record(0x204, b"\0\0\0\0\0\0\x01\0" + wide("€"))}))
    assert (sheet.name, sheet.rows) == ("Åäö €", (("€",),))
