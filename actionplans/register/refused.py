"""The rows that an import refused, as its receipt keeps them: where each stands, what was read, what was wrong."""

from collections.abc import Sequence

from actionplans.models import ImportBatch
from actionplans.register.reading.findings import Fault
from actionplans.register.workbook.writing import written_workbook

_HEADINGS = ("Blad", "Rad", "Kolumn", "Som det stod", "Vad som var fel")
_WIDTHS = (18, 8, 22, 28, 90)


def refused_faults(batch: ImportBatch) -> list[Fault]:
    """The faults for which rows weren't imported, in the order of the file; none once they aren't kept any more."""
    return [Fault(**stored) for stored in batch.refused]


def refused_workbook(faults: Sequence[Fault]) -> bytes:
    """The faults as an Excel file, a line each."""
    lines = [(fault.sheet, fault.row, fault.column, fault.value, fault.reason) for fault in faults]
    return written_workbook("Inte inlästa rader", _WIDTHS, [_HEADINGS, *lines])
