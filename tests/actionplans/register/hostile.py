"""Small workbooks that would take a careless reader's time or memory: each a shape of its own."""

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook

from tests.actionplans.register.builders import ods, saved

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CELL = "table:table-cell office:value-type"


def package(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    extra: Mapping[str, str] | None = None,
    book: str = "xl/workbook.xml",
    without: str = "",
) -> bytes:
    """An xlsx file of raw XML: the inside of each sheet, of the shared strings, and other parts by name."""
    names = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>' for number, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(sheets, start=1)
    )
    relations += (
        f'<Relationship Id="s" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    )
    main = f'<Relationship Id="b" Type="{_DOCUMENT}/officeDocument" Target="{book}"/>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{main}</Relationships>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
        **({"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>'} if strings else {}),
        **{
            f"xl/worksheets/sheet{number}.xml": f'<worksheet xmlns="{_MAIN}">{inside}</worksheet>'
            for number, inside in enumerate(sheets.values(), start=1)
        },
        **(extra or {}),
    }
    return zipped({name: text for name, text in parts.items() if name != without})


def zipped(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def data(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def one_cell(reference: str) -> str:
    return data(f'<row><c r="{reference}"><v>1</v></c></row>')


def _far_cell() -> bytes:
    """The one that took the site down: a value in row 19 000, column 900."""
    book = Workbook()
    book.worksheets[0]["A1"] = "Personnr"
    book.worksheets[0].cell(19_000, 900, "x")
    return saved(book)


def _many_far_cells() -> bytes:
    return package({f"B{number}": one_cell("AHP500") for number in range(90)})


def _wide_row() -> bytes:
    return package(
        {"B": data("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>" + "<row/>" * 60 + "<row><c><v>1</v></c></row>")}
    )


def _many_sheets() -> bytes:
    return package({f"B{number}": one_cell("A1") for number in range(2_000)})


def _one_string_everywhere() -> bytes:
    rows = "<row>" + '<c t="s"><v>0</v></c>' * 30 + "</row>"
    return package({"B": data(rows * 3_000)}, strings=f"<si><t>{'a' * 30_000}</t></si>")


def _long_string() -> bytes:
    return package({"B": data('<row><c t="inlineStr"><is><t>' + "a" * 5_000_000 + "</t></is></c></row>")})


def deep(tags: int) -> bytes:
    """As many tags, each within the one before it."""
    return package({"B": "<a>" * tags + "</a>" * tags})


def _deep() -> bytes:
    return deep(2_500_000)


def _tags_without_content() -> bytes:
    return package({"B": data("<row>" + "<c/>" * 16_000 + "</row>") * 240})


def _entities() -> bytes:
    lines = '<!ENTITY e0 "a">' + "".join(f'<!ENTITY e{n} "' + f"&e{n - 1};" * 10 + '">' for n in range(1, 12))
    sheet = f"<!DOCTYPE x [{lines}]><x>&e11;</x>"
    return zipped({**_parts(package({"B": one_cell("A1")})), "xl/worksheets/sheet1.xml": sheet})


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _merged_again_and_again() -> bytes:
    merged = '<mergeCell ref="A1:A19000"/>' * 40_000
    return package({"B": one_cell("A19000") + f"<mergeCells>{merged}</mergeCells>"})


def _hidden_again_and_again() -> bytes:
    columns = '<col min="1" max="16384" hidden="1"/>' * 20_000
    return package({"B": f"<cols>{columns}</cols>" + one_cell("XFD1")})


def _comments() -> bytes:
    relation = f'<Relationship Id="c" Type="{_DOCUMENT}/comments" Target="../comments1.xml"/>'
    comment = "<comment ref='A1'><text><t>x</t></text></comment>"
    return package(
        {"B": one_cell("A1")},
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>',
            "xl/comments1.xml": f'<comments xmlns="{_MAIN}"><commentList>{comment * 50_000}</commentList></comments>',
        },
    )


def _repeated_row() -> bytes:
    row = f'<table:table-row table:number-rows-repeated="1000000"><{_CELL}="float" office:value="1"/></table:table-row>'
    return ods(f'<table:table table:name="B">{row}</table:table>')


def _repeated_cell() -> bytes:
    row = (
        f'<table:table-row><{_CELL}="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    return ods(f'<table:table table:name="B">{row * 100}</table:table>')


def _far_ods_cell() -> bytes:
    gap = '<table:table-row table:number-rows-repeated="18999"><table:table-cell/></table:table-row>'
    before = '<table:table-cell table:number-columns-repeated="899"/>'
    row = f'<table:table-row>{before}<{_CELL}="float" office:value="1"/></table:table-row>'
    return ods(f'<table:table table:name="B">{gap}{row}</table:table>')


def _rows_without_content() -> bytes:
    return ods(
        '<table:table table:name="B">'
        + "<table:table-row><table:table-cell/></table:table-row>" * 1_500_001
        + "</table:table>"
    )


def _bomb() -> bytes:
    return zipped({"xl/workbook.xml": " " * 25_000_000})


SHAPES: dict[str, Callable[[], bytes]] = {
    "a cell in row 19 000, column 900": _far_cell,
    "ninety sheets with a cell far out": _many_far_cells,
    "a row of 16 384 cells above sixty": _wide_row,
    "two thousand sheets": _many_sheets,
    "a long string in every cell": _one_string_everywhere,
    "a string of five million letters": _long_string,
    "two million tags within each other": _deep,
    "four million cells without content": _tags_without_content,
    "entities that unfold": _entities,
    "a column merged forty thousand times": _merged_again_and_again,
    "columns hidden twenty thousand times": _hidden_again_and_again,
    "fifty thousand comments": _comments,
    "a row that repeats a million times (ods)": _repeated_row,
    "cells that repeat over the whole width (ods)": _repeated_cell,
    "a cell in row 19 000, column 900 (ods)": _far_ods_cell,
    "rows without content (ods)": _rows_without_content,
    "a package of blanks": _bomb,
}
