"""A small file can't take the server's time or memory: it is counted before anybody makes room for its cells."""

import json
import os
import random
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest

from actionplans.register.reading.columns import MAX_COLUMNS, find_heading
from actionplans.register.workbook import extract, limits, markup, sheet
from actionplans.register.workbook.sheet import MAX_CELLS, MAX_ROWS, RegisterError, read_sheets
from tests.actionplans.register.builders import workbook
from tests.actionplans.register.hostile import SHAPES, data, deep, one_cell, package
from tests.actionplans.register.old_excel import cell, table, xls

# Read all the same: their tags are counted, and there is nothing in them.
_DEEP, _HIDDEN = "two million tags within each other", "columns hidden twenty thousand times"
_DAMAGED = {"entities that unfold"}
# Letters and merged cells are counted as the reader gives them; before that its limits on memory and time hold.
_BY_THE_READER = {
    "a long string in every cell",
    "a string of five million letters",
    "a column merged forty thousand times",
}
_REFUSED = set(SHAPES) - _DAMAGED - {_DEEP, _HIDDEN}
# To walk two million tags is five seconds of a core, of which a tenth shows whether they are walked past.
_TAGS_DEEP = 2_500_000 if "SOAK" in os.environ else 250_000
_FULL_ROW = "<row>" + "<c><v>1</v></c>" * 30 + "</row>"


@cache
def built(name: str) -> bytes:
    """The file of a shape, which two tests read; packed it is small."""
    return SHAPES[name]()


@pytest.mark.parametrize("name", sorted(_REFUSED))
def test_a_file_that_would_stall_the_site_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(RegisterError, match=r"för stor.*(Dela upp|dela upp|Ta bort)"):
        read_sheets(built(name))


@pytest.mark.parametrize("name", sorted(_REFUSED - _BY_THE_READER))
def test_it_is_counted_before_the_reader_sees_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = built(name)
    monkeypatch.setattr(extract, "_open_workbook", _must_not_be_called)
    with pytest.raises(limits.RefusedError) as refusal:
        extract.extract(content, MAX_ROWS, MAX_CELLS)
    assert refusal.value.exit_code == limits.EXIT_TOO_LARGE


def test_tags_beyond_count_are_refused_before_any_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup.expat, "ParserCreate", _must_not_be_called)
    with pytest.raises(limits.RefusedError) as refusal:
        markup.walk(BytesIO(b"<a/>" * 20 + b"</a>"), markup.Silent(), limits.Budget(1, 1, elements=18))
    assert refusal.value.exit_code == limits.EXIT_TOO_LARGE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_each_tag_is_counted_as_it_comes(encoding: str) -> None:
    head, inside = f'<?xml version="1.0" encoding="{encoding}"?><x>', "<a/>" * 20
    content = f"{head}{inside}</x>".encode(encoding)
    markup.walk(BytesIO(content), markup.Silent(), limits.Budget(1, 1, elements=21))
    with pytest.raises(limits.RefusedError):
        markup.walk(BytesIO(content), markup.Silent(), limits.Budget(1, 1, elements=20))


@pytest.mark.parametrize("content", [lambda: deep(_TAGS_DEEP), SHAPES[_HIDDEN]], ids=[_DEEP, _HIDDEN])
def test_tags_that_say_nothing_are_read_past(content: Callable[[], bytes]) -> None:
    assert [found.name for found in read_sheets(content())] == ["B"]


def test_entities_are_never_unfolded() -> None:
    with pytest.raises(RegisterError, match="går inte att läsa"):
        read_sheets(SHAPES["entities that unfold"]())


def test_the_sentence_says_where_the_far_cell_is() -> None:
    with pytest.raises(RegisterError, match="I bladet ”Sheet” räcker rutorna till AHP19000"):
        read_sheets(SHAPES["a cell in row 19 000, column 900"]())


def test_an_old_excel_file_is_counted_in_the_same_way() -> None:
    with pytest.raises(RegisterError, match="IV19000"):
        read_sheets(xls({"B": cell(0, 0, "a") + cell(18_999, 255, "x")}))


def test_the_largest_register_that_fits_is_read() -> None:
    [only] = read_sheets(package({"B": data(_FULL_ROW * MAX_ROWS)}))
    assert (len(only.rows), len(only.rows[-1])) == (MAX_ROWS, 30)
    with pytest.raises(RegisterError, match="AD20001"):
        read_sheets(package({"B": data(rows_to(MAX_ROWS + 1))}))


def rows_to(last: int) -> str:
    """Rows of which the last alone has cells: they count as many as if each had."""
    return "<row/>" * (last - 1) + _FULL_ROW


def test_sheets_share_what_there_is_room_for() -> None:
    with pytest.raises(RegisterError, match="I bladet ”C”"):
        read_sheets(package({"B": data(rows_to(15_000)), "C": data(rows_to(6_000))}))


def test_cells_that_the_reader_finds_and_the_count_missed_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "_details", lambda content, budget: ([limits.Details("B")], False))
    with pytest.raises(limits.RefusedError):
        extract.extract(package({"B": one_cell("J11")}), max_rows=10, max_cells=1_000)


def test_a_package_that_names_a_part_twice_or_lacks_a_sheet_is_refused() -> None:
    out = BytesIO(package({"B": one_cell("A1")}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")
    without = package({"B": one_cell("A1")}, without="xl/worksheets/sheet1.xml")
    for content in (out.getvalue(), without):
        with pytest.raises(RegisterError, match="går inte att läsa"):
            read_sheets(content)


def test_a_binary_workbook_is_refused_with_how_to_save_it() -> None:
    binary = package({"B": one_cell("A1")}, book="xl/workbook.bin")
    with pytest.raises(RegisterError, match=r"inte läses in säkert.*\.xlsx"):
        read_sheets(binary)


def test_a_heading_wider_than_anybody_looks_through_is_refused() -> None:
    wide = ["Personnr", "Efternamn", "Inskriven", *(f"Rubrik {number}" for number in range(MAX_COLUMNS))]
    [only] = read_sheets(workbook({"Blad": [wide]}))
    with pytest.raises(RegisterError, match="203 kolumner"):
        find_heading(only)


def test_the_process_gives_way_to_pages_and_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def run(command, **options):
        asked.update(options, command=command)
        raise sheet.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(sheet.subprocess, "run", run)
    # A busy server says so, and doesn't blame the file: nobody knows yet that it is too large.
    with pytest.raises(RegisterError, match="servern har mycket att göra"):
        read_sheets(b"PK\x03\x04")
    assert (asked["env"], asked["timeout"], "-I" in asked["command"]) == ({}, 90, True)


def test_what_comments_say_never_leaves_the_process() -> None:
    content = (sheet.Path(__file__).parents[2] / "data/register/kommentarer.xlsx").read_bytes()
    told = json.dumps(extract.extract(content, MAX_ROWS, MAX_CELLS), ensure_ascii=False)
    assert "flyttat" not in told
    assert "Skyddade personuppgifter" not in told


def test_old_excel_files_survive_bytes_turned_at_random() -> None:
    dice, whole = random.Random(2), bytearray(xls({"B": table([["Personnr", "Efternamn"], ["x", 1.0]])}))
    outcomes = set()
    for _round in range(200):
        content = bytearray(whole)
        for _turn in range(dice.randint(1, 8)):
            content[dice.randrange(8, len(content))] = dice.randrange(256)
        try:
            outcomes.add(type(extract._details(bytes(content), limits.Budget(MAX_ROWS, MAX_CELLS))))
        except limits.RefusedError as refusal:
            outcomes.add(refusal.exit_code)
    assert limits.EXIT_DAMAGED in outcomes


def _must_not_be_called(content: bytes) -> None:
    raise AssertionError("the reader was asked")
