"""Details of an old Excel file besides its cells' values: errors, comments, hidden parts, texts outside the cells."""

import struct
from collections.abc import Iterator

from actionplans.register.workbook.compound import stream
from actionplans.register.workbook.limits import (
    EXIT_DAMAGED,
    EXIT_ENCRYPTED,
    EXIT_OTHER_KIND,
    Budget,
    Details,
    RefusedError,
)

_FORMULA, _EOF, _HEADER, _FOOTER, _NOTE, _FILE_PASS, _CONTINUE, _OBJECT = 0x06, 0x0A, 0x14, 0x15, 0x1C, 0x2F, 0x3C, 0x5D
_COLUMNS, _BOUND_SHEET, _SEVERAL_NUMBERS, _TEXT, _ERROR, _ROW, _BOF = 0x7D, 0x85, 0xBD, 0x1B6, 0x205, 0x208, 0x809
# RSTRING, LABELSST, NUMBER, LABEL, RK: a value in one cell.
_VALUES = {0xD6, 0xFD, 0x203, 0x204, 0x27E}
_WORDS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_NEWEST = 0x0600
_COMMENT = 0x19
_ROW_IS_HIDDEN = 0x20

Record = tuple[int, bytes]


def details_of(content: bytes, budget: Budget) -> list[Details]:
    """Details of each sheet in the file's order. Raises RefusedError for a file that isn't a workbook of Excel 97 or
    later."""
    book = stream(content, "Workbook", "Book")
    if book is None:
        raise RefusedError(EXIT_DAMAGED)
    try:
        return [_sheet(book, start, details, budget) for start, details in _sheets(book, budget)]
    except (struct.error, IndexError):
        raise RefusedError(EXIT_DAMAGED) from None


def _records(book: bytes, start: int, budget: Budget) -> Iterator[Record]:
    """The records of one part of the workbook, without those of charts inside it."""
    depth = 0
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        budget.spend("elements")
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1 or kind == _BOF:
            yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _sheets(book: bytes, budget: Budget) -> list[tuple[int, Details]]:
    found = []
    for kind, data in _records(book, 0, budget):
        if kind == _BOF and struct.unpack_from("<H", data)[0] != _NEWEST:
            raise RefusedError(EXIT_OTHER_KIND)
        if kind == _FILE_PASS:
            raise RefusedError(EXIT_ENCRYPTED)
        if kind == _BOUND_SHEET:
            start, state = struct.unpack_from("<IB", data)
            found.append((start, Details(_short_text(data[6:]), is_hidden=bool(state & 3))))
    return found


def _sheet(book: bytes, start: int, details: Details, budget: Budget) -> Details:
    reader = _Reader(details, budget)
    for kind, data in _records(book, start, budget):
        reader.hear(kind, data)
    reader.finish()
    return details


def _short_text(data: bytes) -> str:
    """A text whose first byte is its length in letters."""
    return _text(data[2:], data[0], is_wide=bool(data[1] & 1))


def _text(data: bytes, length: int, *, is_wide: bool) -> str:
    return data[: 2 * length].decode("utf-16-le", "replace") if is_wide else data[:length].decode("latin-1")


class _Reader:
    """Takes the records of a sheet one by one, and collects its details."""

    def __init__(self, details: Details, budget: Budget) -> None:
        self._details, self._budget = details, budget
        self._notes: dict[int, tuple[int, int]] = {}
        self._texts: dict[int, tuple[int, str]] = {}
        self._object = (0, 0)
        self._missing = 0

    def hear(self, kind: int, data: bytes) -> None:
        if kind in _VALUES:
            self._details.reach(*struct.unpack_from("<HH", data))
        elif kind == _SEVERAL_NUMBERS:
            self._details.reach(struct.unpack_from("<H", data)[0], struct.unpack_from("<H", data, len(data) - 2)[0])
        elif kind in (_ERROR, _FORMULA):
            self._value(kind, data)
        elif kind in (_OBJECT, _TEXT, _CONTINUE, _NOTE):
            self._comment(kind, data)
        else:
            self._rest(kind, data)

    def finish(self) -> None:
        """Put each text with the comment that it belongs to; other texts are text boxes.

        Raises RefusedError for a comment without its text: the file is damaged.
        """
        for number, place in self._notes.items():
            if number not in self._texts:
                raise RefusedError(EXIT_DAMAGED)
            self._details.remark(*place, self._texts[number][1], self._budget)
        for kind, text in self._texts.values():
            if kind != _COMMENT:
                self._details.put_aside("en textruta", text, self._budget)

    def _value(self, kind: int, data: bytes) -> None:
        place = struct.unpack_from("<HH", data)
        self._details.reach(*place)
        if kind == _ERROR and data[7]:
            self._details.unread[place] = _WORDS.get(data[6], "#")
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            self._details.unread[place] = _WORDS.get(data[8], "#")

    def _comment(self, kind: int, data: bytes) -> None:
        """Take the records of a comment: an object, then the length of its text, then the text in pieces."""
        if kind == _OBJECT:
            self._object = struct.unpack_from("<HH", data, 4)
            self._missing = 0
        elif kind == _TEXT:
            self._missing = struct.unpack_from("<H", data, 10)[0]
            self._texts[self._object[1]] = (self._object[0], "")
        elif kind == _CONTINUE and self._missing:
            piece = _text(data[1:], self._missing, is_wide=bool(data[0] & 1))
            self._missing -= len(piece)
            shape, before = self._texts[self._object[1]]
            self._texts[self._object[1]] = (shape, before + piece)
        elif kind == _NOTE:
            self._notes[struct.unpack_from("<H", data, 6)[0]] = struct.unpack_from("<HH", data)

    def _rest(self, kind: int, data: bytes) -> None:
        if kind == _ROW and struct.unpack_from("<H", data, 12)[0] & _ROW_IS_HIDDEN:
            row = struct.unpack_from("<H", data)[0]
            self._details.hidden_rows.append((row, row))
        elif kind == _COLUMNS and struct.unpack_from("<H", data, 8)[0] & 1:
            self._details.hidden_columns.append(struct.unpack_from("<HH", data))
        elif kind in (_HEADER, _FOOTER) and data:
            text = _text(data[3:], struct.unpack_from("<H", data)[0], is_wide=bool(data[2] & 1))
            self._details.put_aside("sidhuvud eller sidfot", text, self._budget)
