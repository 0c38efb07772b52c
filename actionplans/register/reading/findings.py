"""The result of reading a register: rows to import, faults, columns to ask about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from actionplans.register.cells.values import Livelihood
from actionplans.register.reading.fields import Field
from core.swedish.personal_numbers import ParsedNumber
from participants.enums import ExitReason, ReferralSource, Sex


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one row, which is refused because of it. `column` is the heading in the file."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One row without faults.

    A row that is `counted_only` carries sex and enrolment day, and nothing else about the person. `fingerprint_source`
    depends on the content alone and not on where the row stands. It holds personal data: digest it with a key, and
    never keep it.
    """

    sheet: str
    row: int
    fingerprint_source: str = field(repr=False)
    enrolled_on: date
    counted_only: bool = False
    sex: Sex = Sex.UNKNOWN
    personal_number: ParsedNumber | None = None
    family_name: str = ""
    given_name: str = ""
    source: ReferralSource = ReferralSource.UNKNOWN
    applied_on: date | None = None
    referred_on: date | None = None
    assessed_on: date | None = None
    planned_on: date | None = None
    placement: str = ""
    full_time_sick: bool | None = None
    cleared: tuple[tuple[int, date], ...] = ()
    exited_on: date | None = None
    exit_reason: ExitReason | None = None
    livelihood_before: tuple[Livelihood, ...] = ()
    livelihood_after: tuple[Livelihood, ...] = ()
    note: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """Family name first; the only name of somebody who has one."""
        return ", ".join(filter(None, (self.family_name, self.given_name)))

    @property
    def birth_date(self) -> date | None:
        return self.personal_number.birth_date if self.personal_number else None


@dataclass(frozen=True, slots=True)
class UnrecognisedColumn:
    """A column in use with an unknown heading; `column` counts from 0."""

    sheet: str
    column: int
    heading: str


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """How one column was read, for the page where columns are chosen."""

    column: int
    heading: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet of the file. Without a heading row it is no register, and nothing in it was read."""

    name: str
    heading_row: int | None
    columns: tuple[ReadColumn, ...] = ()


class Topic(StrEnum):
    """Things that the user has to say about a sheet before any row of the file can be imported."""

    COLUMNS = "columns"
    HIDDEN = "hidden"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """A question about something that one sheet leaves uncertain. Questions about columns are answered by choosing
    columns."""

    topic: Topic
    sheet: str
    row: int
    text: str
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The whole file as read. While there are questions no row has been read.

    `told` are sentences about what isn't read; `marked` names each row that is counted only and where it says so.
    """

    rows: tuple[RegisterRow, ...]
    faults: tuple[Fault, ...]
    unrecognised: tuple[UnrecognisedColumn, ...]
    sheets: tuple[ReadSheet, ...]
    questions: tuple[RegisterQuestion, ...] = ()
    told: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()

    @property
    def refused_rows(self) -> int:
        return len({(fault.sheet, fault.row) for fault in self.faults})

    @property
    def enrolments(self) -> Sequence[RegisterRow]:
        return [row for row in self.rows if not row.counted_only]
