"""Details of an OpenDocument spreadsheet besides its cells' values: errors, comments, hidden parts, texts outside the
cells."""

import re
import zipfile

from actionplans.register.workbook.limits import EXIT_DAMAGED, EXIT_ENCRYPTED, Budget, Details, RefusedError
from actionplans.register.workbook.markup import Attributes, Silent, walk

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_ERROR = re.compile(r"#[A-ZÅÄÖ0-9/]{2,15}[!?]?|(?:Err|Fel):\d{3}", re.IGNORECASE)
_HIDDEN = {"collapse", "filter"}
_CELLS = {"table-cell", "covered-table-cell"}
_DRAWN = {"frame", "custom-shape", "text-box", "rect", "ellipse", "caption", "line", "connector", "g"}


def is_ods(archive: zipfile.ZipFile) -> bool:
    """Whether the package is an OpenDocument file."""
    return _CONTENT in archive.namelist()


def details_of(archive: zipfile.ZipFile, budget: Budget) -> list[Details]:
    """Details of each sheet in the file's order. Headers and footers are put with the first sheet.

    Raises RefusedError where the file is encrypted, damaged or too large.
    """
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise RefusedError(EXIT_ENCRYPTED)
    if len(set(archive.namelist())) < len(archive.namelist()):
        raise RefusedError(EXIT_DAMAGED)
    tables = _Tables(budget)
    with archive.open(_CONTENT) as part:
        walk(part, tables, budget)
    if _STYLES in archive.namelist() and tables.sheets:
        with archive.open(_STYLES) as part:
            walk(part, _PageTexts(tables.sheets[0], budget), budget)
    return tables.sheets


def _repeated(attributes: Attributes, name: str) -> int:
    number = attributes.get(name, "1")
    return max(1, int(number)) if number.isdecimal() else 1


class _PageTexts(Silent):
    def __init__(self, details: Details, budget: Budget) -> None:
        self._details, self._budget, self._depth = details, budget, 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._depth += tag in ("header", "footer", "header-left", "footer-left")

    def end(self, tag: str) -> None:
        self._depth -= tag in ("header", "footer", "header-left", "footer-left")

    def text(self, text: str) -> None:
        if self._depth:
            self._details.put_aside("sidhuvud eller sidfot", text, self._budget)


class _Tables(Silent):
    """Walks the sheets. A row or cell that is written once with a number of repetitions counts that many times."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.sheets: list[Details] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = self._drawn = self._noted = 0
        self._row = self._rows = self._column = self._columns = 0
        self._cell: Attributes = {}
        self._is_cell = False
        self._pieces: list[str] = []
        self._note: list[str] = []
        self._loose: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "annotation":
            self._noted, self._note = self._noted + 1, []
        elif tag in _DRAWN:
            self._drawn += 1
        elif tag in _CELLS:
            self._begin_cell(attributes)
        elif tag == "table-row":
            self._begin_row(attributes)
        elif tag == "table-column":
            self._begin_columns(attributes)
        elif tag == "table":
            self._begin_table(attributes)
        else:
            self._look_at_style(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "annotation":
            self._end_note()
        elif tag in _DRAWN:
            self._end_drawing()
        elif tag in _CELLS:
            self._end_cell()
        elif tag == "table-row":
            self._row += self._rows
        elif tag == "table":
            self._depth -= 1
        elif tag == "p":
            self._place().append("\n")

    def text(self, text: str) -> None:
        if self._depth:
            self._place().append(text)

    def _place(self) -> list[str]:
        """The list for a text that is found now: the cell's, the comment's or the loose texts'."""
        if self._noted:
            return self._note
        return self._loose if self._drawn or not self._is_cell else self._pieces

    def _look_at_style(self, tag: str, attributes: Attributes) -> None:
        if tag == "style":
            self._style = attributes.get("name", "")
        elif tag == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _begin_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > 1:
            raise RefusedError(EXIT_DAMAGED)
        is_hidden = attributes.get("style-name") in self._hidden_styles or attributes.get("display") == "false"
        self.sheets.append(Details(attributes.get("name", ""), is_hidden=is_hidden))
        self._row, self._column = 0, 0

    def _begin_columns(self, attributes: Attributes) -> None:
        number = _repeated(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN and self.sheets:
            self.sheets[-1].hidden_columns.append((self._column, self._column + number - 1))
        self._column += number

    def _begin_row(self, attributes: Attributes) -> None:
        self._rows, self._column = _repeated(attributes, "number-rows-repeated"), 0
        if attributes.get("visibility") in _HIDDEN and self.sheets:
            self.sheets[-1].hidden_rows.append((self._row, self._row + self._rows - 1))

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell, self._pieces, self._is_cell = attributes, [], True
        self._columns = _repeated(attributes, "number-columns-repeated")

    def _end_cell(self) -> None:
        text = "".join(self._pieces).strip()
        if self.sheets and (text or "value-type" in self._cell or "formula" in self._cell):
            self._write(self.sheets[-1], text)
        self._column += self._columns
        self._is_cell = False

    def _write(self, sheet: Details, text: str) -> None:
        sheet.reach(self._row + self._rows - 1, self._column + self._columns - 1)
        is_error = self._cell.get("calcext:value-type") == "error" or (
            "formula" in self._cell and _ERROR.fullmatch(text)
        )
        mark = text or "#" if is_error else "=" if self._has_no_result(text) else ""
        if mark:
            self._budget.spend("cells", self._rows * self._columns)
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    sheet.unread[row, column] = mark

    def _is_error(self, text: str) -> bool:
        return self._cell.get("calcext:value-type") == "error" or bool(
            "formula" in self._cell and _ERROR.fullmatch(text)
        )

    def _has_no_result(self, text: str) -> bool:
        return "formula" in self._cell and not text and "value-type" not in self._cell

    def _end_note(self) -> None:
        self._noted -= 1
        if self.sheets and self._is_cell:
            self.sheets[-1].remark(self._row, self._column, "".join(self._note).strip(), self._budget)

    def _end_drawing(self) -> None:
        self._drawn -= 1
        if self.sheets and not self._drawn:
            self.sheets[-1].put_aside("en textruta", "".join(self._loose), self._budget)
            self._loose = []
