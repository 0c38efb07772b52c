"""Walks the cells of an xlsx sheet for details besides their values."""

import re

from actionplans.register.workbook.limits import Budget, Details
from actionplans.register.workbook.markup import Attributes, Silent

TRUE = {"1", "true"}
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_PAGE_TEXTS = {"oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"}


def position(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of "C4" or of the first cell of "C4:D9"; None for any other text."""
    found = _REFERENCE.fullmatch(reference.partition(":")[0])
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


class Cells(Silent):
    """Walks a sheet. Cells and rows that don't say where they stand follow the one before."""

    def __init__(self, details: Details, budget: Budget) -> None:
        self._details, self._budget = details, budget
        self._row = self._column = -1
        self._kind, self._value, self._reads = "", "", False
        self._has_formula = self._has_content = False
        self._page_text: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag in ("v", "f", "is"):
            self._has_content, self._reads = True, tag == "v"
            self._has_formula |= tag == "f"
        elif tag == "row":
            self._begin_row(attributes)
        elif tag == "col":
            self._column_of(attributes)
        elif tag == "hyperlink":
            self._link(attributes)
        elif tag in _PAGE_TEXTS:
            self._page_text = ""

    def text(self, text: str) -> None:
        if self._reads and len(self._value) < 20:
            self._value += text
        if self._page_text is not None:
            self._page_text += text

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "f", "is"):
            self._reads = False
        elif tag in _PAGE_TEXTS:
            self._details.put_aside("sidhuvud eller sidfot", self._page_text or "", self._budget)
            self._page_text = None

    def _begin_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        if attributes.get("hidden") in TRUE or attributes.get("ht") == "0":
            self._details.hidden_rows.append((self._row, self._row))

    def _column_of(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        is_hidden = attributes.get("hidden") in TRUE or attributes.get("width") == "0"
        if is_hidden and first.isdecimal() and last.isdecimal():
            self._details.hidden_columns.append((int(first) - 1, int(last) - 1))

    def _link(self, attributes: Attributes) -> None:
        words = f"{attributes.get('tooltip', '')} {attributes.get('display', '')}".strip()
        place = position(attributes.get("ref", ""))
        if words and place:
            self._details.remark(*place, words, self._budget)

    def _begin_cell(self, attributes: Attributes) -> None:
        place = position(attributes.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)
        self._kind, self._value = attributes.get("t", "n"), ""
        self._has_formula = self._has_content = False

    def _end_cell(self) -> None:
        if self._has_content:
            self._details.reach(self._row, self._column)
        if self._kind == "e":
            self._details.unread[self._row, self._column] = self._value or "#"
        elif self._has_formula and not self._value and self._kind != "str":
            self._details.unread[self._row, self._column] = "="
