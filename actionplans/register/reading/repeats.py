"""Finds rows that repeat an earlier, accepted row."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from actionplans.register.cells.names import Likeness, compare
from actionplans.register.reading.fields import Field
from actionplans.register.reading.findings import RegisterRow


class AcceptedRows:
    """The rows accepted so far. Refused rows are never added, so they block no later row."""

    def __init__(self) -> None:
        self._by_content: dict[str, RegisterRow] = {}
        self._by_person: defaultdict[str, list[RegisterRow]] = defaultdict(list)

    def objection_to(self, row: RegisterRow) -> tuple[Field, str] | None:
        """The field to point at and the reason, if the row stands already, has the number of a person with another
        name, or enrols a person who is enrolled then; else None."""
        if twin := self._by_content.get(row.fingerprint_source):
            return _pointed_at(row), f"Raden står redan på {_place(twin, row)}. Ta bort den ena av dem."
        for other in self._same_person(row):
            if compare(row, other) is Likeness.OTHER:
                return Field.PERSONAL_NUMBER, (
                    f"Samma nummer som {_place(other, row)} men ett annat namn. "
                    "Jämför numret med underlaget och rätta det på den rad där det är fel."
                )
            if _overlap(row, other):
                return Field.PERSONAL_NUMBER, (
                    f"Personen är redan inskriven enligt {_place(other, row)}. "
                    "Skriv avslutsdagen där, eller ta bort den här raden."
                )
        return None

    def add(self, row: RegisterRow) -> RegisterRow:
        """Add a row. Returns it, with a remark if its person has had another family name in the file."""
        self._by_content[row.fingerprint_source] = row
        others = self._same_person(row)
        if renamed := next((other for other in others if compare(row, other) is Likeness.RENAMED), None):
            row = replace(row, remarks=(*row.remarks, f"Annat efternamn än på {_place(renamed, row)}, samma nummer."))
        others.append(row)
        return row

    def _same_person(self, row: RegisterRow) -> list[RegisterRow]:
        # Two persons can share a name, so rows without a number are never taken for one person's.
        return self._by_person[row.personal_number.value] if row.personal_number else []


def _overlap(one: RegisterRow, other: RegisterRow) -> bool:
    """Whether both rows' persons are enrolled on some day. On the exit day a new enrolment may begin."""
    return one.enrolled_on < (other.exited_on or date.max) and other.enrolled_on < (one.exited_on or date.max)


def _pointed_at(row: RegisterRow) -> Field:
    if row.counted_only:
        return Field.ENROLLED_ON
    if row.personal_number:
        return Field.PERSONAL_NUMBER
    return Field.FAMILY_NAME if row.family_name else Field.GIVEN_NAME


def _place(row: RegisterRow, seen_from: RegisterRow) -> str:
    return f"rad {row.row}" if row.sheet == seen_from.sheet else f"rad {row.row} i bladet ”{row.sheet}”"
