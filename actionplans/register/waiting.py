"""The months whose register hasn't been imported, where an organisation imports one each month."""

from collections.abc import Sequence
from datetime import date

from accounts.models import Organisation
from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from core.days.dates import add_months, stockholm_day
from core.swedish.words import MONTHS, listed
from projects.models import Project


def waiting_months(project: Project, organisation: Organisation, on: date) -> list[date]:
    """The first days of the months that have ended since the latest import without one, the earliest first.

    None where no register has ever been imported, nor for months after the project's last. One query.
    """
    done = ImportBatch.objects.filter(project=project, organisation=organisation, state=ImportState.DONE)
    latest = done.order_by("-created_at").values_list("created_at", flat=True).first()
    if latest is None:
        return []
    month, months = stockholm_day(latest).replace(day=1), []
    while month < on.replace(day=1) and (project.ends_on is None or month <= project.ends_on):
        months.append(month)
        month = add_months(month, 1)
    return months


def waiting_in_words(months: Sequence[date], on: date) -> str:
    """«Registret för oktober är inte inläst.»; empty where no month waits. Another year than this is said."""
    if not months:
        return ""
    names = [MONTHS[month.month - 1] + (f" {month.year}" if month.year != on.year else "") for month in months]
    said = listed(names) if len(names) <= 3 else f"{names[0]}\N{EN DASH}{names[-1]}"
    return f"Registret för {said} är inte inläst."
