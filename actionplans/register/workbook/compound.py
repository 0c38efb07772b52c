"""The streams of an old Excel file's container (OLE compound file)."""

import struct
from collections.abc import Iterator

from actionplans.register.workbook.limits import EXIT_DAMAGED, RefusedError

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_HEADER, _ENTRY = 512, 128


def stream(content: bytes, *names: str) -> bytes | None:
    """The first stream with one of these names; None where there is none. Raises RefusedError for a broken file."""
    try:
        return _Container(content).stream(names)
    except (struct.error, IndexError, ValueError):
        raise RefusedError(EXIT_DAMAGED) from None


class _Container:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._sector = 1 << struct.unpack_from("<H", content, 30)[0]
        if self._sector not in (512, 4096):
            raise ValueError("sector size")
        self._table = self._numbers(self._table_sectors())
        self._small = self._small_sectors()

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        directory = self._read(self._chain(struct.unpack_from("<I", self._content, 48)[0], self._table))
        entries = [directory[start : start + _ENTRY] for start in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
        found = {_name(entry): entry for entry in entries if entry[66] == 2}
        chosen = next((found[name] for name in names if name in found), None)
        return None if chosen is None else self._stream(chosen, entries[0])

    def _stream(self, entry: bytes, root: bytes) -> bytes:
        first, size = struct.unpack_from("<II", entry, 116)
        if size >= struct.unpack_from("<I", self._content, 56)[0]:
            return self._read(self._chain(first, self._table))[:size]
        parts = self._read(self._chain(struct.unpack_from("<I", root, 116)[0], self._table))
        return b"".join(parts[64 * number : 64 * number + 64] for number in self._chain(first, self._small))[:size]

    def _table_sectors(self) -> list[int]:
        """Numbers of the sectors with the table of chains: some stand in the header, others on sectors that point to
        each other."""
        listed = list(struct.unpack_from("<109I", self._content, 76))
        following = struct.unpack_from("<I", self._content, 68)[0]
        for _step in range(len(self._content) // self._sector):
            if following in (_END, _FREE):
                break
            numbers = self._numbers([following])
            listed, following = listed + numbers[:-1], numbers[-1]
        return [number for number in listed if number not in (_END, _FREE)]

    def _small_sectors(self) -> list[int]:
        return self._numbers(self._chain(struct.unpack_from("<I", self._content, 60)[0], self._table))

    def _numbers(self, sectors: list[int]) -> list[int]:
        data = self._read(sectors)
        return list(struct.unpack(f"<{len(data) // 4}I", data))

    def _read(self, sectors: list[int]) -> bytes:
        return b"".join(self._pieces(sectors))

    def _pieces(self, sectors: list[int]) -> Iterator[bytes]:
        for number in sectors:
            start = _HEADER + number * self._sector if self._sector == _HEADER else (number + 1) * self._sector
            piece = self._content[start : start + self._sector]
            if not piece:
                raise ValueError("a sector beyond the end")
            yield piece.ljust(self._sector, b"\0")

    def _chain(self, number: int, table: list[int]) -> list[int]:
        chain = []
        while number not in (_END, _FREE):
            chain.append(number)
            if len(chain) > len(table):
                raise ValueError("a chain without end")
            number = table[number]
        return chain


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace")
