"""Old Excel files (.xls) made for a test, record by record, in the smallest container that holds them."""

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}

Cells = Mapping[tuple[int, int], str | float]


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def wide(text: str) -> bytes:
    return b"\x01" + text.encode("utf-16-le")


def bof(kind: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, float):
        return record(0x203, place + struct.pack("<d", value))
    if value in ERRORS:
        return record(0x205, place + bytes([ERRORS[value], 1]))
    if value.startswith("=#"):
        result = struct.pack("<BBBBHH", 2, 0, ERRORS[value[1:]], 0, 0, 0xFFFF)
        return record(0x06, place + result + struct.pack("<HIH", 0, 0, 0))
    return record(0x204, place + struct.pack("<H", len(value)) + wide(value))


def comment(number: int, row: int, column: int, text: str, kind: int = 0x19) -> bytes:
    """An object with a text; kind 0x19 is a comment and belongs to a cell, 0x06 a text box."""
    shape = record(0x5D, struct.pack("<HHHHH12s", 0x15, 0x12, kind, number, 0, b"") + struct.pack("<HH", 0, 0))
    halves = text[: len(text) // 2], text[len(text) // 2 :]
    body = record(0x1B6, struct.pack("<HH6sHHI", 0, 0, b"", len(text), 0, 0))
    body += b"".join(record(0x3C, wide(half)) for half in halves if half)
    note = record(0x1C, struct.pack("<HHHHH", row, column, 0, number, 0) + b"\x00\x00") if kind == 0x19 else b""
    return shape + body + note


def hidden_row(row: int) -> bytes:
    return record(0x208, struct.pack("<HHHHHHHH", row, 0, 5, 255, 0, 0, 0x20, 0))


def hidden_columns(first: int, last: int) -> bytes:
    return record(0x7D, struct.pack("<HHHHHH", first, last, 2000, 0, 1, 0))


def footer(text: str) -> bytes:
    return record(0x15, struct.pack("<H", len(text)) + wide(text))


def table(rows: Sequence[Sequence[str | float | None]]) -> bytes:
    """Cells of a sheet, in order."""
    return b"".join(
        cell(row, column, value)
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if value is not None
    )


def xls(sheets: Mapping[str, bytes], *, hidden: Sequence[str] = (), globals_: bytes = b"") -> bytes:
    """A workbook of sheets, each given as the records between its beginning and its end."""
    parts = [bof(0x10) + records + record(0x0A) for records in sheets.values()]
    listed = sum(4 + 8 + 2 * len(name) for name in sheets)
    start = len(bof(0x05)) + len(globals_) + listed + len(record(0x0A))
    named = b""
    for name, part in zip(sheets, parts, strict=True):
        state = 1 if name in hidden else 0
        named += record(0x85, struct.pack("<IBBB", start, state, 0, len(name)) + wide(name))
        start += len(part)
    return container(bof(0x05) + globals_ + named + record(0x0A) + b"".join(parts))


def container(book: bytes) -> bytes:
    """The workbook as the one stream of a compound file, large enough to stand on sectors of its own."""
    book = book.ljust(8 * _SECTOR, b"\0")
    book += b"\0" * (-len(book) % _SECTOR)
    sectors = len(book) // _SECTOR
    tables = 1
    while tables * 128 < sectors + 1 + tables:
        tables += 1
    chain = [*range(1, sectors), _END, _END, *[_TABLE] * tables]
    chain += [_FREE] * (tables * 128 - len(chain))
    listed = [sectors + 1 + number for number in range(tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *listed, *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 0, len(book)) + bytes(2 * 128)
    return header + book + directory + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return (head + bytes(36) + struct.pack("<IQ", first, size)).ljust(128, b"\0")
