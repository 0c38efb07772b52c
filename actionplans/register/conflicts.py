"""Compares rows of a register with the persons who are registered already, as far as the importing user may see
them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from accounts.models import Organisation, User
from actionplans.register.cells.names import Likeness, compare
from actionplans.register.reading.fields import Field
from actionplans.register.reading.findings import Fault, Register, RegisterRow
from core.batches import in_chunks
from core.days.periods import Period
from participants.joining.lookup import cases_in_sight, look_up
from participants.models import Participant
from participants.protected_number.numbers import refusals
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.models import Project

_RENAMED = "Annat efternamn än det som finns i programmet för samma nummer."
Taken = dict[str, list[Period]]


@dataclass(frozen=True, slots=True)
class Present:
    """The persons in the user's sight who have the numbers of some rows, and their times in the project."""

    persons: Mapping[str, Participant]
    taken: Taken

    def conflict(self, row: RegisterRow, register: Register) -> Fault | None:
        """The fault that keeps the row from being imported; None where there is none."""
        if row.personal_number is None:
            return None
        person = self.persons.get(row.personal_number.value)
        if person and compare(row, person.identity) is Likeness.OTHER:
            return _fault(row, register, "Samma nummer som en person som finns i programmet men ett annat namn. Jämför "
                "numret med underlaget och rätta det där det är fel.")  # fmt: skip
        wanted = Period.of(row.enrolled_on, row.exited_on)
        for stay in self.taken.get(row.personal_number.value, ()):
            if stay.overlaps(wanted):
                return _fault(
                    row,
                    register,
                    f"Personen är redan inskriven i projektet från {stay.first:%Y-%m-%d}. "
                    "Rätta i programmet om uppgifterna har ändrats, annars ta bort raden.",
                )
        return None

    def remarked(self, row: RegisterRow) -> RegisterRow:
        """The row, with a remark if its family name alone differs from the registered person's."""
        person = self.persons.get(row.personal_number.value) if row.personal_number else None
        is_renamed = person is not None and compare(row, person.identity) is Likeness.RENAMED
        return replace(row, remarks=(*row.remarks, _RENAMED)) if is_renamed else row


def present_among(rows: Sequence[RegisterRow], *, project: Project, owner: Organisation, scope: Scope) -> Present:
    """The persons with the rows' numbers who are registered and in the scope. Two queries for each 500 numbers."""
    numbers = sorted({row.personal_number.value for row in rows if row.personal_number})
    in_sight = cases_in_sight(scope, owner, project).in_project(project)
    seen = look_up(numbers, scope=scope, owner=owner, project=project).seen
    return Present(seen, _taken_periods(numbers, in_sight))


def barred_among(
    fresh: Sequence[tuple[RegisterRow, str]], register: Register, *, owner: Organisation, by: User
) -> dict[str, Fault]:
    """The fault of each row that may not be written down, by the row's fingerprint. The fault doesn't repeat the
    number."""
    numbers = [row.personal_number.value for row, _ in fresh if row.personal_number]
    answers = refusals(numbers=numbers, organisation=owner, by=by)
    return {
        mark: replace(_fault(row, register, answer), value="")
        for row, mark in fresh
        if row.personal_number and (answer := answers.get(row.personal_number.value))
    }


def _taken_periods(numbers: Sequence[str], in_sight: EnrolmentQuerySet) -> Taken:
    """The times in the project of these cases' persons, by personal number."""
    taken: Taken = {}
    for chunk in in_chunks(numbers):
        found = in_sight.filter(participant__numbers__value__in=chunk)
        for value, begin, end in found.values_list("participant__numbers__value", "enrolled_on", "exited_on"):
            taken.setdefault(value, []).append(Period.of(begin, end))
    return taken


def _fault(row: RegisterRow, register: Register, reason: str) -> Fault:
    number = row.personal_number.formatted if row.personal_number else ""
    return Fault(row.sheet, row.row, _heading(register, row.sheet, Field.PERSONAL_NUMBER), number, reason)


def _heading(register: Register, sheet: str, field: Field) -> str:
    columns = (column for read in register.sheets if read.name == sheet for column in read.columns)
    return next((column.heading for column in columns if column.field is field), field.label)
