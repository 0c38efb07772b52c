"""Limits on how much of a workbook is read. Part of the child process, so imports only its neighbours."""

from dataclasses import dataclass, field

EXIT_DAMAGED, EXIT_ENCRYPTED, EXIT_TOO_LARGE, EXIT_OTHER_KIND = 3, 4, 5, 6

MAX_SHEETS = 100
# As many letters as Excel puts in a cell.
MAX_CELL_TEXT = 32_767
MAX_TEXT = 20_000_000
# Tags of all parts together, cells without content among them.
MAX_ELEMENTS = 3_000_000
MAX_COMMENTS = 20_000
MAX_LOOSE = 5_000

Position = tuple[int, int]


class RefusedError(Exception):
    """The workbook can't be read. The exit code says why, `at` in which sheet and cell, if that is known."""

    def __init__(self, exit_code: int, at: tuple[str, str] | None = None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code
        self.at = at


@dataclass(slots=True)
class Budget:
    """The amount that may still be read of each thing that is counted."""

    rows: int
    cells: int
    text: int = MAX_TEXT
    elements: int = MAX_ELEMENTS
    comments: int = MAX_COMMENTS
    loose: int = MAX_LOOSE

    def spend(self, what: str, amount: int = 1) -> None:
        """Take `amount` of one thing. Raises RefusedError where less is left."""
        left = getattr(self, what) - amount
        if left < 0:
            raise RefusedError(EXIT_TOO_LARGE)
        setattr(self, what, left)


@dataclass(slots=True)
class Details:
    """Details of a sheet that the cell reader leaves out; rows and columns count from 0.

    `unread`: cells that the reader gives as empty, with their content: an error value, or "=" for a formula without a
    saved result. `loose`: texts outside the cells, each with the kind of place it stands in.
    """

    name: str = ""
    is_hidden: bool = False
    corner: Position = (-1, -1)
    unread: dict[Position, str] = field(default_factory=dict)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Note that this cell is in use."""
        self.corner = max(self.corner[0], row), max(self.corner[1], column)

    def remark(self, row: int, column: int, text: str, budget: Budget) -> None:
        """Note a comment on a cell."""
        budget.spend("comments")
        budget.spend("text", len(text))
        self.comments.append((row, column, text))

    def put_aside(self, place: str, text: str, budget: Budget) -> None:
        """Note a text that stands in no cell."""
        if text.strip():
            budget.spend("loose")
            budget.spend("text", len(text))
            self.loose.append((place, text))


def spend_rectangle(budget: Budget, details: Details) -> None:
    """Count the cells of the rectangle from the first to the last one in use, before memory is taken for them.

    Raises RefusedError, with sheet and cell, where they are too many.
    """
    row, column = details.corner
    try:
        budget.spend("rows", row + 1)
        budget.spend("cells", (row + 1) * (column + 1))
    except RefusedError as refusal:
        raise RefusedError(refusal.exit_code, (details.name, f"{letters(column)}{row + 1}")) from None


def letters(column: int) -> str:
    """The letters by which a spreadsheet program calls a column: A, B, … Z, AA."""
    named, column = "", column + 1
    while column > 0:
        column, remainder = divmod(column - 1, 26)
        named = chr(ord("A") + remainder) + named
    return named
