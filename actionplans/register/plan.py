"""Plans an import: which rows of a file it would write, and which are barred or imported already."""

from dataclasses import dataclass

from accounts.models import Organisation
from actionplans.models import ImportedRow
from actionplans.register.conflicts import barred_among, present_among
from actionplans.register.fingerprints import fingerprint
from actionplans.register.reading.findings import Fault, Register, RegisterRow
from actionplans.register.reading.kept import Choices
from actionplans.register.reading.questions import Answers
from actionplans.register.reading.rows import read_register
from participants.protected_number.numbers import ENOUGH
from participants.scope.scope import Scope
from projects.models import Project


class RowsRefused(Exception):
    """Some rows can't be imported, and the user hasn't approved to go on without them."""

    def __init__(self, plan: "ImportPlan") -> None:
        super().__init__(f"{len(plan.refused_rows)} rader kan inte läsas in.")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The fate of every row of a file if it were imported now."""

    register: Register
    new: tuple[tuple[RegisterRow, str], ...]
    unchanged: tuple[RegisterRow, ...]
    faults: tuple[Fault, ...]
    barred: tuple[Fault, ...] = ()

    @property
    def imported(self) -> list[tuple[RegisterRow, str]]:
        """Rows to enrol, each with its fingerprint."""
        return [pair for pair in self.new if not pair[0].counted_only]

    @property
    def counted_only(self) -> list[tuple[RegisterRow, str]]:
        """Rows that are counted without a person, each with its fingerprint."""
        return [pair for pair in self.new if pair[0].counted_only]

    @property
    def refused_rows(self) -> list[tuple[str, int]]:
        """Sheet and number of each refused row."""
        return sorted({(fault.sheet, fault.row) for fault in self.faults})

    @property
    def about_protected(self) -> list[Fault]:
        """Faults of rows whose person has a protected identity, where the user may be told so."""
        return [fault for fault in self.barred if fault.reason != ENOUGH]

    @property
    def counts(self) -> dict[str, int]:
        """The number of rows of each fate."""
        return {
            "imported": len(self.imported),
            "unchanged": len(self.unchanged),
            "counted_only": len(self.counted_only),
            "refused": len(self.refused_rows),
        }


def plan_import(
    *,
    content: bytes,
    project: Project,
    organisation: Organisation,
    choices: Choices | None = None,
    answers: Answers | None = None,
    scope: Scope,
) -> ImportPlan:
    """Read the file and compare it with the persons that the user may see. Raises RegisterError for an unreadable file.

    Writes nothing but a notice where the user is told of a protected person; those rows are in the plan's `barred`
    faults.
    """
    present = set(
        ImportedRow.objects.filter(project=project, organisation=organisation).values_list("fingerprint", flat=True)
    )
    register = read_register(
        content,
        today=scope.on,
        choices=choices,
        answers=answers,
        is_imported=lambda row: bool(present) and fingerprint(row, project, organisation) in present,
    )
    marked = [(row, fingerprint(row, project, organisation)) for row in register.rows]
    fresh = [pair for pair in marked if pair[1] not in present]
    here = present_among([row for row, _ in fresh], project=project, owner=organisation, scope=scope)
    barred = barred_among(fresh, register, owner=organisation, by=scope.user)
    conflicts = {mark: fault for row, mark in fresh if (fault := here.conflict(row, register))}
    refused = {**conflicts, **barred}
    return ImportPlan(
        register,
        tuple((here.remarked(row), mark) for row, mark in fresh if mark not in refused),
        tuple(row for row, mark in marked if mark in present),
        tuple(sorted((*register.faults, *refused.values()), key=lambda fault: (fault.sheet, fault.row))),
        tuple(barred.values()),
    )
