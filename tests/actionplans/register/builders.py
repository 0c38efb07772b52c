"""Workbooks made for a test: only what the test is about needs to be said."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from actionplans.register.reading.findings import Register
from actionplans.register.reading.rows import Choices, read_register

TODAY = date(2012, 6, 30)

# A valid row, and the headings of a register that says everything.
PLAIN: dict[str, Any] = {
    "Nr": 1,
    "Personnr": "19790214-2327",
    "Efternamn": "Öberg",
    "Förnamn": "Åsa",
    "Kön": "K",
    "Anvisad från": "AF",
    "Ansökan": date(2011, 1, 10),
    "Anv.datum": date(2011, 1, 20),
    "Inskriven": date(2011, 1, 28),
    "Kartl. klar": date(2011, 2, 3),
    "Handlingsplan": date(2011, 2, 8),
    "Placering": "Köket",
    "Heltidssjukskr.": None,
    "Steg 1 klart": None,
    "Steg 2 klart": None,
    "Steg 3 klart": None,
    "Steg 4 klart": None,
    "Steg 5 klart": None,
    "Avslut": None,
    "Orsak": None,
    "Försörjning före": None,
    "Försörjning efter": None,
    "Anm.": None,
}


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], *, date_1904: bool = False) -> bytes:
    """An xlsx file with these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if date_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def register_file(*rows: Mapping[str, Any]) -> bytes:
    """A file with one sheet: the heading in row 1, then the given rows, each as PLAIN but for what it says."""
    lines = [list((PLAIN | dict(row)).values()) for row in rows]
    return workbook({"Register": [list(PLAIN), *lines]})


def read(*rows: Mapping[str, Any], today: date = TODAY) -> Register:
    return read_register(register_file(*rows), today=today)


def read_rows(*rows: Sequence[Any], choices: Choices | None = None) -> Register:
    """A register of exactly these rows, heading and all."""
    return read_register(workbook({"Register": rows}), today=TODAY, choices=choices)


def empty_row(**cells: Any) -> dict[str, Any]:
    return dict.fromkeys(PLAIN) | cells


def ods(content_xml: str) -> bytes:
    """A minimal OpenDocument spreadsheet around the tables given."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = "urn:oasis:names:tc:opendocument:xmlns"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" office:version="1.2">'
            f"<office:body><office:spreadsheet>{content_xml}</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        package.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return out.getvalue()
